#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config_test_support.h"

namespace crossload::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using namespace std::chrono_literals;

// The example of the documentation, all engines and keys.
constexpr std::string_view kExample = R"({
  "state_dir": ".tmp",                         // jobs and schema copies live here
  "profiles": {
    /* a block comment */
    "shop":  { "url": "mysql://app@127.0.0.1:3306", "password": "${SHOP_PASSWORD}" },
    "prod":  { "url": "postgresql://app@db:5432?sslmode=require", "password_file": "prod.pw" },
    "stage": { "url": "postgres://app@127.0.0.1:5432", "access": "write", "allow": ["truncate"],
               "databases": ["app", "audit"],
               "timeouts": {"connect": 2.5, "statement": 60, "lock": 0} },
    "files": { "url": "sqlite:data/", "access": "write", "allow": ["drop", "truncate"] }
  }
})";

class ConfigExample : public ::testing::Test {
 protected:
  ConfigExample() {
    const auto password = folder_.write("prod.pw", "sesame\n");
    std::filesystem::permissions(password, std::filesystem::perms(0600));
    config_ = load(folder_, kExample, {{"SHOP_PASSWORD", "open"}});
  }
  const tools::Profile& profile(std::size_t index) { return config_.profiles.at(index); }

  TempFolder folder_;
  Config config_;
};

TEST_F(ConfigExample, KeepsTheOrderOfProfilesAndMakesPathsAbsolute) {
  std::vector<std::string> names;
  for (const tools::Profile& profile : config_.profiles) names.push_back(profile.endpoint.profile);
  EXPECT_THAT(names, ElementsAre("shop", "prod", "stage", "files"));
  EXPECT_EQ(config_.file, folder_ / "crossload.json");
  EXPECT_EQ(config_.state_dir, folder_ / ".tmp");
  EXPECT_THAT(config_.warnings, IsEmpty());
}

TEST_F(ConfigExample, ReadsAMysqlProfile) {
  const driver::Endpoint& shop = profile(0).endpoint;
  EXPECT_EQ(shop.engine, Engine::kMysql);
  EXPECT_EQ(shop.url.scheme, "mysql");
  EXPECT_EQ(shop.url.user, "app");
  EXPECT_EQ(shop.url.host, "127.0.0.1");
  EXPECT_EQ(shop.url.port, 3306);
  EXPECT_EQ(shop.password.reveal(), "open");
  EXPECT_THAT(shop.databases, IsEmpty());
  EXPECT_EQ(shop.timeouts.connect, 10s);
  EXPECT_EQ(shop.timeouts.statement, 0ms);
  EXPECT_EQ(shop.timeouts.lock, 5s);
}

TEST_F(ConfigExample, IsReadOnlyWithoutPowersUnlessTold) {
  EXPECT_EQ(profile(0).access, driver::Access::kReadOnly);
  EXPECT_FALSE(profile(0).allow_truncate);
  EXPECT_FALSE(profile(0).allow_drop);
  EXPECT_EQ(profile(2).access, driver::Access::kReadWrite);
  EXPECT_TRUE(profile(2).allow_truncate);
  EXPECT_FALSE(profile(2).allow_drop);
  EXPECT_TRUE(profile(3).allow_truncate);
  EXPECT_TRUE(profile(3).allow_drop);
}

TEST_F(ConfigExample, ReadsPostgresProfiles) {
  const driver::Endpoint& prod = profile(1).endpoint;
  EXPECT_EQ(prod.engine, Engine::kPostgres);
  EXPECT_EQ(prod.url.parameter("sslmode"), "require");
  EXPECT_EQ(prod.password.reveal(), "sesame");
  const driver::Endpoint& stage = profile(2).endpoint;
  EXPECT_EQ(stage.url.scheme, "postgresql");
  EXPECT_THAT(stage.databases, ElementsAre("app", "audit"));
  EXPECT_EQ(stage.timeouts.connect, 2500ms);
  EXPECT_EQ(stage.timeouts.statement, 60s);
  EXPECT_EQ(stage.timeouts.lock, 0ms);
}

TEST_F(ConfigExample, TakesASqlitePathFromTheFolderOfTheFile) {
  const driver::Endpoint& files = profile(3).endpoint;
  EXPECT_EQ(files.engine, Engine::kSqlite);
  EXPECT_EQ(files.url.path, (folder_.path() / "data/").string());
}

TEST(Config, TakesEverySqlitePath) {
  const TempFolder folder;
  const auto path = [&](const std::string& url) {
    return load(folder, shop(R"("url": ")" + url + '"')).profiles.at(0).endpoint.url.path;
  };
  EXPECT_EQ(path("sqlite:shop.db"), (folder / "shop.db").string());
  EXPECT_EQ(path("sqlite:./a/../shop.db"), (folder / "shop.db").string());
  EXPECT_EQ(path("sqlite:/var/lib/shop.db"), "/var/lib/shop.db");
  EXPECT_EQ(path("sqlite:///var/lib/shop.db"), "/var/lib/shop.db");
  EXPECT_EQ(path("sqlite:my%20shop%3F.db"), (folder / "my shop?.db").string());
  EXPECT_EQ(path("SQLITE:shop.db"), (folder / "shop.db").string());
}

TEST(Config, TakesMariadbAsAnotherNameForMysql) {
  const TempFolder folder;
  const Config config = load(folder, shop(R"("url": "mariadb://app@[::1]?ssl-ca=ca.pem")"));
  EXPECT_EQ(config.profiles[0].endpoint.engine, Engine::kMysql);
  EXPECT_EQ(config.profiles[0].endpoint.url.scheme, "mysql");
  EXPECT_EQ(config.profiles[0].endpoint.url.host, "::1");
}

TEST(Config, TakesSocketsAsParameters) {
  const TempFolder folder;
  const Config mysql = load(folder, shop(R"("url": "mysql://app@?socket=/run/m.sock")"));
  EXPECT_EQ(mysql.profiles[0].endpoint.url.parameter("socket"), "/run/m.sock");
  const Config postgres = load(folder, shop(R"("url": "postgresql://app@?host=/run/pg")"));
  EXPECT_EQ(postgres.profiles[0].endpoint.url.parameter("host"), "/run/pg");
}

TEST(Config, ExpandsVariablesInEveryText) {
  const TempFolder folder;
  const Config config = load(folder,
                             R"({"state_dir": "${BASE}/state", "profiles": {"p": {
          "url": "${SCHEME}://${USER}@${HOST}:${PORT}?sslmode=${MODE}", "access": "${ACCESS}",
          "allow": ["${POWER}"], "databases": ["${DB}_x"], "password": "a${PW}b${PW}"}}})",
                             {{"BASE", "/srv"},
                              {"SCHEME", "postgresql"},
                              {"USER", "a@b"},
                              {"HOST", "db"},
                              {"PORT", "5433"},
                              {"MODE", "require"},
                              {"ACCESS", "write"},
                              {"POWER", "drop"},
                              {"DB", "shop"},
                              {"PW", "-"}});
  const tools::Profile& profile = config.profiles[0];
  EXPECT_EQ(config.state_dir, "/srv/state");
  EXPECT_EQ(profile.endpoint.url.user, "a@b");
  EXPECT_EQ(profile.endpoint.url.host, "db");
  EXPECT_EQ(profile.endpoint.url.port, 5433);
  EXPECT_EQ(profile.endpoint.url.parameter("sslmode"), "require");
  EXPECT_EQ(profile.access, driver::Access::kReadWrite);
  EXPECT_TRUE(profile.allow_drop);
  EXPECT_THAT(profile.endpoint.databases, ElementsAre("shop_x"));
  EXPECT_EQ(profile.endpoint.password.reveal(), "a-b-");
}

TEST(Config, TakesAWholeUrlFromAVariable) {
  const TempFolder folder;
  const Config config = load(folder, shop(R"("url": "${DATABASE_URL}")"),
                             {{"DATABASE_URL", "mysql://app:p%40ss@db:3306/shop"}});
  EXPECT_EQ(config.profiles[0].endpoint.url.host, "db");
  EXPECT_EQ(config.profiles[0].endpoint.url.path, "shop");
  EXPECT_EQ(config.profiles[0].endpoint.password.reveal(), "p@ss");
}

TEST(Config, KeepsDollarSignsThatNameNoVariable) {
  const TempFolder folder;
  const auto password = [&](const std::string& text) {
    return load(folder, shop(R"("url": "mysql://h", "password": ")" + text + '"'))
        .profiles[0]
        .endpoint.password.reveal();
  };
  EXPECT_EQ(password("pa$$word$"), "pa$$word$");
  EXPECT_EQ(password("$${A}"), "${A}");
  EXPECT_EQ(password("$HOME"), "$HOME");
}

TEST(Config, HasADefaultStateFolder) {
  const TempFolder folder;
  EXPECT_EQ(load(folder, shop(R"("url": "sqlite:a.db")")).state_dir, folder / ".tmp");
  EXPECT_EQ(
      load(folder, R"({"state_dir": "a/b/", "profiles": {"p": {"url": "sqlite:a.db"}}})").state_dir,
      folder / "a/b");
}

TEST(Config, WarnsOfPowersThatHaveNoEffect) {
  const TempFolder folder;
  const Config config = load(folder, shop(R"("url": "sqlite:a.db", "allow": ["drop"])"));
  ASSERT_EQ(config.warnings.size(), 1U);
  EXPECT_THAT(config.warnings[0], HasSubstr("shop"));
  EXPECT_THAT(config.warnings[0], HasSubstr("allow"));
}

TEST(Config, GoesByTheFolderOfALinkNotOfItsTarget) {
  const TempFolder folder;
  folder.write("elsewhere/real.json", shop(R"("url": "sqlite:a.db")"));
  std::filesystem::create_symlink(folder / "elsewhere/real.json", folder / "link.json");
  const Config config = load_config(folder / "link.json", variables_of({}));
  EXPECT_EQ(config.profiles[0].endpoint.url.path, (folder / "a.db").string());
}

}  // namespace
}  // namespace crossload::app
