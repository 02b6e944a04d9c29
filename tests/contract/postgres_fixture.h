#pragma once

#include <memory>
#include <string>
#include <vector>

#include "contract_test.h"
#include "servers.h"

namespace crossload::testing {

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
