#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "test_database.h"

namespace crossload::testing {

/// What a schema copy told: the call's result and its report.md.
struct ToldCopy {
  nlohmann::json result;
  std::string report;
};

/// Of a schema that went to another engine and came back: what is not as it was (a name that is
/// gone, a column of another type or that takes NULL now) and is named in neither report. Both
/// schemas are looked at in the engine's own catalog.
std::vector<std::string> unnamed_differences(const TestDatabase& before, const TestDatabase& after,
                                             const ToldCopy& there, const ToldCopy& back);

}  // namespace crossload::testing
