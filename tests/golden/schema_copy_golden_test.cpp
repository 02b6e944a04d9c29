// Each folder below schema_copy/ holds a schema as SQL and the files its copy must consist of.
// CROSSLOAD_UPDATE_GOLDEN=1 writes what is made now; look at the difference before committing it.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "crossload/base/clock.h"
#include "crossload/copy/schema_copy.h"
#include "crossload/driver_mysql/mysql_driver.h"
#include "crossload/driver_postgres/postgres_driver.h"

#include "servers.h"
#include "sqlite_compare.h"
#include "sqlite_session.h"
#include "temp_folder.h"
#include "test_database.h"

namespace crossload::testing {
namespace {

namespace fs = std::filesystem;

using Files = std::map<std::string, std::string>;

class FixedClock : public Clock {
 public:
  TimePoint now() const override { return parse_time("2026-11-21T08:00:00.000Z"); }
  SteadyTime steady() const override { return {}; }
};

fs::path golden_folder(const std::string& name) {
  return fs::path(CROSSLOAD_SOURCE_DIR) / "tests/golden/schema_copy" / name;
}

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file.is_open()) << path;
  return {std::istreambuf_iterator<char>(file), {}};
}

Files files_below(const fs::path& folder) {
  Files files;
  if (!fs::exists(folder)) return files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) {
      files[entry.path().lexically_relative(folder).string()] = read(entry.path());
    }
  }
  return files;
}

void replace_files(const fs::path& folder, const Files& files) {
  fs::remove_all(folder);
  for (const auto& [name, text] : files) {
    fs::create_directories((folder / name).parent_path());
    std::ofstream(folder / name, std::ios::binary) << text;
  }
}

/// `place`: of the source.
struct Golden {
  const char* schema;
  Place place;
  Engine target;
};

bool stays(const Golden& golden) {
  return engine_of(golden.place) == to_string(golden.target);
}

void PrintTo(const Golden& golden, std::ostream* out) {
  *out << golden.schema << " for " << to_string(golden.target);
}

class SchemaCopyGolden : public ::testing::TestWithParam<Golden> {
 protected:
  void SetUp() override {
    if (!is_available(GetParam().place)) GTEST_SKIP() << "its server is missing";
  }

  Files make_copy() {
    const auto source = make_source();
    const Schema schema = source->catalog().load_schema();
    const auto scratch = open_sqlite(":memory:", driver::Access::kReadWrite);
    const FixedClock clock;
    copy::SchemaCopyRequest request;
    request.source = &schema;
    request.source_name = std::string("files/") + GetParam().schema;
    request.source_connection = source.get();
    request.target = GetParam().target;
    request.output_dir = folder_ / "copy";
    if (stays(GetParam())) {
      // A server tells what it is; statements are tried where no server's version matters.
      if (GetParam().place == Place::kSqlite) {
        request.try_target = scratch.get();
      } else {
        request.target_connection = source.get();
      }
    }
    request.clock = &clock;
    copy::write_schema_copy(request);
    return files_below(folder_ / "copy");
  }

 private:
  std::unique_ptr<driver::Connection> make_source() {
    const fs::path script = golden_folder(GetParam().schema) / "schema.sql";
    if (GetParam().place == Place::kSqlite) {
      const fs::path file = folder_ / "source.db";
      run_sql(file.string(), read(script));
      return open_sqlite(file, driver::Access::kReadOnly);
    }
    const bool postgres = GetParam().place == Place::kPostgres;
    server_database_ = std::make_unique<TestDatabase>(GetParam().place);
    server_database_->run_file(script);
    driver_ = postgres ? driver::make_postgres_driver() : driver::make_mysql_driver();
    driver::Endpoint endpoint;
    endpoint.profile = "test";
    endpoint.engine = driver_->engine();
    endpoint.url = test_server(postgres ? TestServer::kPostgres : TestServer::kMariadb).value();
    return driver_->connect(endpoint, driver_->resolve(endpoint, server_database_->name(), false),
                            {driver::Access::kReadOnly, false});
  }

  TempFolder folder_;
  std::unique_ptr<TestDatabase> server_database_;
  std::unique_ptr<driver::Driver> driver_;
};

TEST_P(SchemaCopyGolden, WritesTheseFiles) {
  const Files made = make_copy();
  const bool own = stays(GetParam());
  const fs::path expected_folder =
      golden_folder(GetParam().schema) /
      ("expected" + (own ? "" : "_" + std::string(to_string(GetParam().target))));
  if (std::getenv("CROSSLOAD_UPDATE_GOLDEN") != nullptr) replace_files(expected_folder, made);
  const Files expected = files_below(expected_folder);
  ASSERT_FALSE(expected.empty());
  for (const auto& [name, text] : expected) {
    ASSERT_TRUE(made.contains(name)) << name;
    EXPECT_EQ(made.at(name), text) << name;
  }
  EXPECT_EQ(made.size(), expected.size());
}

INSTANTIATE_TEST_SUITE_P(
    From, SchemaCopyGolden,
    ::testing::Values(Golden{"everything", Place::kSqlite, Engine::kSqlite},
                      Golden{"empty", Place::kSqlite, Engine::kSqlite},
                      Golden{"refused", Place::kSqlite, Engine::kSqlite},
                      Golden{"everything", Place::kSqlite, Engine::kPostgres},
                      Golden{"everything", Place::kSqlite, Engine::kMysql},
                      Golden{"postgres_everything", Place::kPostgres, Engine::kPostgres},
                      Golden{"postgres_everything", Place::kPostgres, Engine::kSqlite},
                      Golden{"postgres_everything", Place::kPostgres, Engine::kMysql},
                      Golden{"mysql_everything", Place::kMariadb, Engine::kMysql},
                      Golden{"mysql_everything", Place::kMariadb, Engine::kSqlite},
                      Golden{"mysql_everything", Place::kMariadb, Engine::kPostgres}),
    [](const auto& tested) {
      return std::string(tested.param.schema) +
             (stays(tested.param) ? "" : "_" + std::string(to_string(tested.param.target)));
    });

}  // namespace
}  // namespace crossload::testing
