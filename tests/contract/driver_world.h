#pragma once

#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "crossload/driver/driver.h"

namespace crossload::testing {

/// What the contract suite may expect of an engine beyond what every driver promises.
struct DriverTraits {
  bool text_may_hold_any_byte = false;  ///< NUL and ill-formed UTF-8 are kept.
  bool writers_pass_readers = false;    ///< A commit gets through while another session reads.
  bool has_infinities = false;
};

/// One engine with one fresh, empty database for the contract suite. A new engine is a new world.
class DriverWorld {
 public:
  virtual ~DriverWorld() = default;
  virtual driver::Driver& driver() = 0;
  virtual driver::Endpoint endpoint() = 0;
  virtual DriverTraits traits() const = 0;
  /// The database's name as a caller gives it.
  virtual std::string database_name() const = 0;
  /// Makes a table from the model: names, logical types, NOT NULL, keys, unique indexes.
  virtual void create_table(const Table& table) = 0;
};

struct WorldParam {
  const char* name;
  std::unique_ptr<DriverWorld> (*make)();
};
inline std::ostream& operator<<(std::ostream& out, const WorldParam& param) {
  return out << param.name;
}

/// For the names of tests.
inline std::string name_of_world(const ::testing::TestParamInfo<WorldParam>& test) {
  return test.param.name;
}

std::unique_ptr<DriverWorld> make_fake_world();
std::unique_ptr<DriverWorld> make_sqlite_world();
std::unique_ptr<DriverWorld> make_sqlite_wal_world();

}  // namespace crossload::testing
