#pragma once

#include <chrono>
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
  bool one_writer = true;     ///< Two sessions never write at once.
  bool tells_changes = true;  ///< By Catalog::fingerprint().
  /// How long after a session that wrote has ended the fingerprint tells of it, and how far apart
  /// two writes must be to be told apart.
  std::chrono::milliseconds tells_changes_after{0};
  bool types_expressions = false;  ///< A result tells the type of an expression, too.
  bool has_returning = true;       ///< INSERT ... RETURNING.
  /// Reads for minutes unless it is stopped.
  const char* endless_select =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n";
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
/// nullptr where there is no such server.
std::unique_ptr<DriverWorld> make_postgres_world();
std::unique_ptr<DriverWorld> make_mariadb_world();
std::unique_ptr<DriverWorld> make_mysql_world();

}  // namespace crossload::testing
