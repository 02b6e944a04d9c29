#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "temp_folder.h"
#include "test_database.h"

namespace crossload::testing {

/// generate-schema-copy from the command line, from one database for another, on which its
/// statements are tried.
class SchemaCopyRun {
 public:
  SchemaCopyRun(const TestDatabase& source, const TestDatabase& target);

  /// The call's result.
  nlohmann::json copy(const std::vector<std::string>& more = {}) const;
  /// A file of the copy.
  std::string read(const std::string& name) const;

 private:
  TempFolder folder_;
  const TestDatabase& source_;
  const TestDatabase& target_;
};

}  // namespace crossload::testing
