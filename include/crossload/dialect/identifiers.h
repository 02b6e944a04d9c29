#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "crossload/model/schema.h"

namespace crossload::dialect {

/// The name as the engine can have it: PostgreSQL cuts names at 63 bytes, MySQL refuses more than
/// 64 characters and turns those above U+FFFF into question marks. A name that does not fit is cut
/// and gets "_" and eight digits of its hash, so that other long names stay apart. Source:
/// postgresql.org/docs/15 "4.1.1"; dev.mysql.com "Schema Object Names".
std::string fitting_identifier(std::string_view name, Engine engine);

/// What each table of a schema is called in the target: as `rename` says (as it is where that is
/// empty), fitting, and no two alike; names that differ in case only are one name for SQLite, and
/// for MySQL on some file systems. The first of them keeps its own.
std::map<TableName, TableName> fitting_table_names(
    const Schema& source, Engine target, const std::function<TableName(const TableName&)>& rename);

}  // namespace crossload::dialect
