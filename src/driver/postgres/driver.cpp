#include "crossload/driver_postgres/postgres_driver.h"

namespace crossload::driver {

std::unique_ptr<Driver> make_postgres_driver() {
  return nullptr;
}

}  // namespace crossload::driver
