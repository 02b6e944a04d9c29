#pragma once

#include <memory>
#include <string>
#include <vector>

#include "contract_test.h"
#include "servers.h"

namespace crossload::testing {

/// The server's version as a number: 150018.
inline int postgres_version(driver::Connection& connection) {
  const auto rows = driver::fetch_all(connection, "SHOW server_version_num");
  return std::stoi(std::get<std::string>(rows.at(0).at(0)));
}

// The first versions with what some tests are written in.
constexpr int kHasMultiranges = 140'000;
constexpr int kHasNullsNotDistinct = 150'000;
constexpr int kHasNotEnforced = 180'000;
constexpr int kHasNegativeScales = 150'000;
constexpr int kHasParameterGrants = 150'000;
constexpr int kHasMerge = 150'000;

/// A fresh database on the PostgreSQL server, with a session that may do anything.
class PostgresTest : public ::testing::Test {
 protected:
  void SetUp() override {
    world_ = make_postgres_world();
    if (!world_) GTEST_SKIP() << "no such server: run scripts/servers start FOLDER";
    connection_ = open(driver::Access::kReadWrite);
  }
  std::unique_ptr<driver::Connection> open(driver::Access access) {
    return open_as(world_->endpoint(), access);
  }
  std::unique_ptr<driver::Connection> open_as(const driver::Endpoint& endpoint,
                                              driver::Access access) {
    const driver::Database database =
        world_->driver().resolve(endpoint, world_->database_name(), false);
    return world_->driver().connect(endpoint, database, {access, false});
  }
  void run(const std::string& sql) { driver::execute(*connection_, sql); }
  std::vector<Row> ask(const std::string& sql) { return driver::fetch_all(*connection_, sql); }

  std::unique_ptr<DriverWorld> world_;
  std::unique_ptr<driver::Connection> connection_;
};

}  // namespace crossload::testing
