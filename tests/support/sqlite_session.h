#pragma once

#include <chrono>
#include <filesystem>
#include <memory>

#include "crossload/driver/driver.h"
#include "crossload/driver_sqlite/sqlite_driver.h"

namespace crossload::testing {

/// A session of the product's driver on a file, or on an empty database in memory for ":memory:".
inline std::unique_ptr<driver::Connection> open_sqlite(
    const std::filesystem::path& file, driver::Access access,
    std::chrono::milliseconds lock_timeout = std::chrono::seconds(5)) {
  static const std::unique_ptr<driver::Driver> kDriver = driver::make_sqlite_driver();
  driver::Endpoint endpoint;
  endpoint.profile = "test";
  endpoint.timeouts.lock = lock_timeout;
  driver::Database database;
  database.name = file.filename().string();
  database.location = file.string();
  driver::ConnectOptions options;
  options.access = access;
  options.create_missing = access == driver::Access::kReadWrite;
  return kDriver->connect(endpoint, database, options);
}

}  // namespace crossload::testing
