#pragma once

#include <set>
#include <string>
#include <utility>

#include "crossload/model/schema.h"

namespace crossload::dialect {

/// The names that a copy has given in a target, so that none is given twice where the engine takes
/// it once: index names are one list in a schema of PostgreSQL and in a file of SQLite, one a table
/// in MySQL; names that differ in case only are one outside PostgreSQL.
class CopyNames {
 public:
  explicit CopyNames(Engine target) : target_(target) {}

  void take(const std::string& space, const std::string& name);
  /// `wanted`, or what is nearest to it: cut to what the engine can have, with `owner` before it
  /// where another has it, with a number behind it where that is taken too.
  std::string give(const std::string& space, const std::string& wanted, const std::string& owner);

 private:
  bool is_free(const std::string& space, const std::string& name) const;
  std::pair<std::string, std::string> key(const std::string& space, const std::string& name) const;

  Engine target_;
  std::set<std::pair<std::string, std::string>> taken_;
};

/// Where the indexes of a table have their names.
std::string index_space(Engine target, const TableName& table);
/// Where its foreign keys have them.
std::string foreign_key_space(Engine target, const TableName& table);

}  // namespace crossload::dialect
