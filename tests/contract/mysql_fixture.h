#pragma once

#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "driver_world.h"

namespace crossload::testing {

/// One fresh database on MariaDB or MySQL a test, for what only these two have.
class MysqlServerTest : public ::testing::TestWithParam<WorldParam> {
 protected:
  using Rows = std::vector<std::vector<Value>>;

  void SetUp() override {
    world_ = GetParam().make();
    if (!world_) GTEST_SKIP() << "no such server: run scripts/servers start FOLDER";
    admin_ = open();
  }

  bool is_mariadb() const { return std::string(GetParam().name) == "mariadb"; }
  std::unique_ptr<driver::Connection> open(
      driver::Access access = driver::Access::kReadWrite) const {
    const auto database =
        world_->driver().resolve(world_->endpoint(), world_->database_name(), false);
    return world_->driver().connect(world_->endpoint(), database, {.access = access});
  }
  void run(const std::string& sql) { driver::execute(*admin_, sql); }
  Rows ask(const std::string& sql) { return driver::fetch_all(*admin_, sql); }
  std::string ask_text(const std::string& sql) {
    const Rows rows = ask(sql);
    if (rows.empty()) return "(no row)";
    const Value& value = rows[0][0];
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
    return std::holds_alternative<std::monostate>(value) ? "NULL" : "(other)";
  }

  std::unique_ptr<DriverWorld> world_;
  std::unique_ptr<driver::Connection> admin_;
};

inline auto mysql_worlds() {
  return ::testing::Values(WorldParam{"mariadb", make_mariadb_world},
                           WorldParam{"mysql", make_mysql_world});
}

}  // namespace crossload::testing
