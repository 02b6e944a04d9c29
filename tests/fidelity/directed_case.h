#pragma once

#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "fidelity_case.h"

namespace crossload::testing {

/// A case in one direction, as a parameter of a test.
struct DirectedCase {
  const Case* one;
  Place source;
  Place target;
};

void PrintTo(const DirectedCase& param, std::ostream* out);
/// "Case21_UnsignedMaximum_ToSqlite"
std::string test_name(const ::testing::TestParamInfo<DirectedCase>& info);

/// What is expected of a case in a direction; nullptr where nothing is.
using Expectation = std::function<const Expected*(const Case&, Place source, Place target)>;

/// The cases of which something is expected, target by target. Lifetime: that of `cases`.
std::vector<DirectedCase> directed_cases(const std::vector<Case>& cases, Place source,
                                         const Expectation& expected);

/// Makes and fills the tables of the cases that have this source.
void fill_source(const TestDatabase& database, const std::vector<Case>& cases);

/// Skips where a server of the direction is missing, which fails in CI.
class DirectedTest : public ::testing::TestWithParam<DirectedCase> {
 protected:
  void SetUp() override;
};

}  // namespace crossload::testing
