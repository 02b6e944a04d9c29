#include "crossload/driver_mysql/mysql_driver.h"

namespace crossload::driver {

std::unique_ptr<Driver> make_mysql_driver() {
  return nullptr;
}

}  // namespace crossload::driver
