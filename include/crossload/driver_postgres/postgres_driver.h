#pragma once

#include <memory>

#include "crossload/driver/driver.h"

namespace crossload::driver {

/// The driver for PostgreSQL.
std::unique_ptr<Driver> make_postgres_driver();

}  // namespace crossload::driver
