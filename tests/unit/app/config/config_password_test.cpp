#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "config_test_support.h"

namespace crossload::app {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr std::string_view kWithFile = R"("url": "mysql://app@h", "password_file": "shop.pw")";

class PasswordFile : public ::testing::Test {
 protected:
  void write(std::string_view content, fs::perms mode = fs::perms(0600)) {
    fs::permissions(folder_.write("shop.pw", content), mode);
  }
  std::string password() {
    return load(folder_, shop(kWithFile)).profiles[0].endpoint.password.reveal();
  }
  std::string message() {
    const std::string text = refusal(folder_, shop(kWithFile));
    EXPECT_THAT(text, HasSubstr("profile 'shop', key 'password_file'"));
    EXPECT_THAT(text, HasSubstr((folder_ / "shop.pw").string()));
    return text;
  }

  TempFolder folder_;
};

TEST_F(PasswordFile, GivesItsTextWithoutTheNewlineAtItsEnd) {
  write("sesame\n");
  EXPECT_EQ(password(), "sesame");
  write("sesame");
  EXPECT_EQ(password(), "sesame");
  write("sesame\r\n");
  EXPECT_EQ(password(), "sesame");
  write(" two words ${X} % \n");
  EXPECT_EQ(password(), " two words ${X} % ");
}

TEST_F(PasswordFile, IsNamedWhenMissing) {
  EXPECT_THAT(message(), HasSubstr("does not exist"));
}

TEST_F(PasswordFile, IsNamedWhenUnreadable) {
  if (::geteuid() == 0) {
    // Root reads any mode; a link that leads round in a circle it cannot.
    fs::create_symlink("shop.pw", folder_ / "shop.pw");
    EXPECT_THAT(message(), AllOf(HasSubstr("cannot be read"), HasSubstr("symbolic links")));
    return;
  }
  write("sesame", fs::perms::none);
  EXPECT_THAT(message(), HasSubstr("Permission denied"));
}

TEST_F(PasswordFile, IsRefusedWhenItCannotBeAPassword) {
  write("");
  EXPECT_THAT(message(), HasSubstr("holds no password"));
  write("\n");
  EXPECT_THAT(message(), HasSubstr("holds no password"));
  write("sesame\nopen\n");
  EXPECT_THAT(message(), AllOf(HasSubstr("more than one line"), Not(HasSubstr("sesame"))));
  write(std::string_view("ses\0ame", 7));
  EXPECT_THAT(message(), AllOf(HasSubstr("zero byte"), Not(HasSubstr("ses"))));
  write(std::string(5000, 'x'));
  EXPECT_THAT(message(), HasSubstr("too large"));
  fs::remove(folder_ / "shop.pw");
  fs::create_directory(folder_ / "shop.pw");
  EXPECT_THAT(message(), HasSubstr("not a regular file"));
}

TEST_F(PasswordFile, NeverWaitsForADevice) {
  fs::create_symlink("/dev/zero", folder_ / "shop.pw");
  EXPECT_THAT(message(), HasSubstr("not a regular file"));
}

TEST_F(PasswordFile, IsWarnedOfWhenEveryoneMayReadIt) {
  write("sesame", fs::perms(0644));
  const Config config = load(folder_, shop(kWithFile));
  ASSERT_THAT(config.warnings, SizeIs(1));
  EXPECT_THAT(config.warnings[0], HasSubstr((folder_ / "shop.pw").string()));
  EXPECT_THAT(config.warnings[0], Not(HasSubstr("sesame")));
  write("sesame", fs::perms(0640));
  EXPECT_THAT(load(folder_, shop(kWithFile)).warnings, IsEmpty());
}

TEST(Password, WrittenIntoAnOpenConfigurationIsWarnedOf) {
  const TempFolder folder;
  const auto warnings = [&](std::string_view body) {
    const auto file = folder.write("open.json", shop(body));
    fs::permissions(file, fs::perms(0644));
    return load_config(file, variables_of({{"PW", "sesame"}})).warnings;
  };
  EXPECT_THAT(warnings(R"("url": "mysql://a@h", "password": "sesame")"), SizeIs(1));
  EXPECT_THAT(warnings(R"("url": "mysql://a:sesame@h")"), SizeIs(1));
  EXPECT_THAT(warnings(R"("url": "mysql://a@h", "password": "${PW}")"), IsEmpty());
  EXPECT_THAT(warnings(R"("url": "mysql://a:${PW}@h")"), IsEmpty());
  EXPECT_THAT(warnings(R"("url": "mysql://a@h")"), IsEmpty());
}

TEST(Password, MayStandInTheUrlAndLeavesIt) {
  const TempFolder folder;
  const Config config = load(folder, shop(R"("url": "mysql://app:se%3Asame@h")"));
  const driver::Endpoint& endpoint = config.profiles[0].endpoint;
  EXPECT_EQ(endpoint.password.reveal(), "se:same");
  EXPECT_TRUE(endpoint.url.password.empty());
  EXPECT_EQ(endpoint.url.redacted(), "mysql://app@h");
}

TEST(Password, OfAVariableInTheUrlIsTakenAsItIs) {
  const TempFolder folder;
  for (const std::string password : {"p@ss/w?o#r:d%", "a%40b", "", "{}", " x ", "\xC3\xA9"}) {
    const Config config =
        load(folder, shop(R"("url": "mysql://${USER}:${PW}@h:3306/db?socket=/x")"),
             {{"PW", password}, {"USER", "us:er"}});
    EXPECT_EQ(config.profiles[0].endpoint.password.reveal(), password);
    EXPECT_EQ(config.profiles[0].endpoint.url.user, "us:er");
    EXPECT_EQ(config.profiles[0].endpoint.url.host, "h");
  }
}

TEST(Password, GivenTwiceIsRefused) {
  const TempFolder folder;
  fs::permissions(folder.write("pw", "x"), fs::perms(0600));
  for (const char* body : {R"("url": "mysql://h", "password": "a", "password_file": "pw")",
                           R"("url": "mysql://u:a@h", "password": "a")",
                           R"("url": "mysql://u:a@h", "password_file": "pw")"}) {
    EXPECT_THAT(refusal(folder, shop(body)), HasSubstr("given twice")) << body;
  }
}

TEST(Password, HasNoPlaceInASqliteProfile) {
  const TempFolder folder;
  EXPECT_THAT(refusal(folder, shop(R"("url": "sqlite:a.db", "password": "a")")),
              HasSubstr("a SQLite file has no password"));
}

// Every way a configuration can be refused or warned of while it holds this word: none may tell it.
TEST(Password, NeverAppearsInAMessage) {
  const TempFolder folder;
  folder.write("pw", "sesame\nsesame");
  const std::string bodies[] = {
      R"("url": "mysql://app@h", "password": "sesame)",
      R"("url": "mysql://app@h", "password": "sesame" "access")",
      R"("url": "mysql://app@h", "password": "sesame\q")",
      R"("url": "mysql://app@h", "password": ["sesame"])",
      R"("url": "mysql://app@h", "password": {"sesame2": 1})",
      R"("url": "mysql://app@h", "password": "sesame${")",
      R"("url": "mysql://app@h", "password": "sesame\u0000")",
      R"("url": "mysql://app@h", "password": "sesame", "acces": 1)",
      R"("url": "mysql://app@h", "password": "sesame", "password": "sesame")",
      R"("url": "mysql://app@h", "password": "sesame", "password_file": "pw")",
      R"("url": "mysql://app@h", "password_file": "pw")",
      R"("url": "mysql://app:sesame@h:0")",
      R"("url": "mysql://app:sesame@h?x=1")",
      R"("url": "mysql://app:sesame/@h")",
      R"("url": "mysql://app:1/sesame@h")",
      R"("url": "mysql://app:1?sesame@h")",
      R"("url": "mysql://app:1#sesame@h")",
      R"("url": "mysql://app:sesame%@h")",
      R"("url": "mysql://app:sesame")",
      R"("url": "oracle://app:sesame@h")",
      R"("url": "app:sesame@h")",
      R"("url": "sqlite://app:sesame@h")",
      R"("url": "sqlite:a.db", "password": "sesame")",
      R"("url": "mysql:sesame@h")",
      R"("url": "mysql://h?password=sesame")",
      R"("url": "mysql://app:${PW}")",
      R"("url": "mysql://h:${PW}")",
      R"("url": "mysql://h?Sesame7sesame")",
      R"("url": "${PW}")",
      R"("url": "${PW}://h")",
      R"("url": "mysql://h", "access": "${PW}")",
      R"("url": "mysql://h", "allow": ["${PW}"])",
  };
  for (const std::string& body : bodies) {
    const std::string message = refusal(folder, shop(body), {{"PW", "sesame"}});
    EXPECT_THAT(message, Not(HasSubstr("accepted"))) << body;
    if (body.find("{\"sesame2\"") != std::string::npos) continue;
    EXPECT_THAT(message, Not(HasSubstr("sesame"))) << body;
  }
}

}  // namespace
}  // namespace crossload::app
