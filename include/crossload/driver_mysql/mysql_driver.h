#pragma once

#include <memory>

#include "crossload/driver/driver.h"

namespace crossload::driver {

/// The driver for MySQL and MariaDB.
std::unique_ptr<Driver> make_mysql_driver();

}  // namespace crossload::driver
