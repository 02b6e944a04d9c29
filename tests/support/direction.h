#pragma once

#include <ostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "test_database.h"

namespace crossload::testing {

/// From where to where a test migrates; a parameter of tests.
struct Direction {
  Place from;
  Place to;
};

inline void PrintTo(const Direction& direction, std::ostream* out) {
  *out << name_of(direction.from) << " to " << name_of(direction.to);
}

/// For INSTANTIATE_TEST_SUITE_P.
inline std::string name_of_direction(const ::testing::TestParamInfo<Direction>& test) {
  return std::string(name_of(test.param.from)) + "_to_" + name_of(test.param.to);
}

/// The nine directions, MySQL beside MariaDB.
inline std::vector<Direction> all_directions() {
  const std::vector<Place> places = {Place::kSqlite, Place::kPostgres, Place::kMariadb,
                                     Place::kMysql};
  std::vector<Direction> all;
  for (const Place from : places) {
    for (const Place to : places) all.push_back({from, to});
  }
  return all;
}

/// Skips where a server is missing.
class DirectionTest : public ::testing::TestWithParam<Direction> {
 protected:
  void SetUp() override {
    if (!is_available(GetParam().from) || !is_available(GetParam().to)) {
      GTEST_SKIP() << "a server is missing";
    }
  }
};

}  // namespace crossload::testing
