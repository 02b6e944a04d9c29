#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crossload/model/schema.h"

namespace crossload::driver::mysql {

/// A row of information_schema.columns, as far as it tells of a column's values.
struct ColumnRow {
  std::string data_type;    ///< "varchar"
  std::string column_type;  ///< "varchar(20)", "int unsigned", "enum('a','b')"
  std::optional<std::int64_t> length;
  std::optional<int> precision;
  std::optional<int> scale;
  std::optional<int> fraction;  ///< Digits of a fraction of seconds.
  std::string charset;
  std::optional<int> srid;
  std::optional<std::string> default_text;
  std::string extra;
  std::string generation;
  bool nullable = true;
};

/// Pure. MariaDB's JSON is a longtext here; see is_json_check().
LogicalType type_of(const ColumnRow& row);

/// The labels of "enum('a','it''s')". Pure.
std::vector<std::string> labels_of(std::string_view column_type);

/// A column's default as it could stand in DDL. Pure.
/// Source: MariaDB prints it so (10.2 and later); MySQL prints the bare text of a constant, and
/// says DEFAULT_GENERATED of an expression.
std::optional<std::string> default_sql_of(const ColumnRow& row, const LogicalType& type,
                                          bool mariadb);

/// What "... on update current_timestamp(3)" says, else empty.
std::string on_update_of(std::string_view extra);

/// The column of a MariaDB CHECK that makes a text JSON: "json_valid(`a`)"; else empty.
std::string json_check_column(std::string_view expression);

/// Text that MySQL's information_schema prints with its quotes escaped once more.
std::string unescaped(std::string_view text);

}  // namespace crossload::driver::mysql
