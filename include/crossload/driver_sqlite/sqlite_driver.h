#pragma once

#include <memory>

#include "crossload/driver/driver.h"

namespace crossload::driver {

/// The way into SQLite files. The first call sets the process's SQLite library to one thread per
/// connection.
std::unique_ptr<Driver> make_sqlite_driver();

}  // namespace crossload::driver
