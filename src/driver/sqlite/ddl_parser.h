#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "crossload/model/schema.h"

// What SQLite's pragmas do not tell of a schema, read from the statements it keeps.
namespace crossload::driver::sqlite {

struct GeneratedColumn {
  std::string column;
  std::string expression;
};

/// From a CREATE TABLE statement. Names and texts are as written.
struct TableText {
  std::vector<CheckConstraint> checks;
  std::vector<GeneratedColumn> generated;
  std::vector<ForeignKey> foreign_keys;  ///< In declared order; names, columns, deferrability.
};

/// From a CREATE INDEX statement.
struct IndexText {
  std::vector<std::string> parts;  ///< Each part's expression, without COLLATE, ASC and DESC.
  std::string where;
};

/// From a CREATE TRIGGER statement.
struct TriggerText {
  std::string timing = "BEFORE";
  std::string event;
};

TableText parse_create_table(std::string_view sql);
IndexText parse_create_index(std::string_view sql);
TriggerText parse_create_trigger(std::string_view sql);

}  // namespace crossload::driver::sqlite
