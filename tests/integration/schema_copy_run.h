#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "temp_folder.h"
#include "test_database.h"

namespace crossload::testing {

/// Whether a schema copy's statements are tried on its target.
enum class Trial { kOnTarget, kNone };

/// generate-schema-copy from the command line, from one database for another.
class SchemaCopyRun {
 public:
  SchemaCopyRun(const TestDatabase& source, const TestDatabase& target);

  /// The call's result.
  nlohmann::json copy(Trial trial = Trial::kOnTarget) const;
  /// A file of the copy.
  std::string read(const std::string& name) const;

 private:
  TempFolder folder_;
  const TestDatabase& source_;
  const TestDatabase& target_;
};

}  // namespace crossload::testing
