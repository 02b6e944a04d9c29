#include "copy_names.h"

#include "crossload/base/strings.h"
#include "crossload/dialect/identifiers.h"

namespace crossload::dialect {

std::pair<std::string, std::string> CopyNames::key(const std::string& space,
                                                   const std::string& name) const {
  return {space, target_ == Engine::kPostgres ? name : ascii_lower(name)};
}

bool CopyNames::is_free(const std::string& space, const std::string& name) const {
  // SQLite keeps names that begin so for itself.
  constexpr std::string_view kOwn = "sqlite_";
  if (target_ == Engine::kSqlite && ascii_lower(name).starts_with(kOwn)) return false;
  if (target_ == Engine::kMysql && ascii_iequals(name, "primary")) return false;
  return !name.empty() && !taken_.contains(key(space, name));
}

void CopyNames::take(const std::string& space, const std::string& name) {
  taken_.insert(key(space, name));
}

std::string CopyNames::give(const std::string& space, const std::string& wanted,
                            const std::string& owner) {
  std::string name = fitting_identifier(wanted, target_);
  if (!is_free(space, name)) name = fitting_identifier(owner + "_" + wanted, target_);
  for (int n = 2; !is_free(space, name); ++n) {
    name = fitting_identifier(owner + "_" + wanted + "_" + std::to_string(n), target_);
  }
  take(space, name);
  return name;
}

std::string index_space(Engine target, const TableName& table) {
  switch (target) {
    case Engine::kPostgres:
      return "schema " + table.schema;
    case Engine::kMysql:
      return "indexes of " + ascii_lower(table.name);
    case Engine::kSqlite:
      return "file";
  }
  return {};
}

std::string foreign_key_space(Engine target, const TableName& table) {
  // MySQL: one list a database. PostgreSQL: the constraints of a table.
  return target == Engine::kMysql ? "foreign keys" : "constraints of " + table.display();
}

}  // namespace crossload::dialect
