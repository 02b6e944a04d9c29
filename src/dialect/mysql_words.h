#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "crossload/dialect/type_mapping.h"
#include "crossload/model/schema.h"

namespace crossload::dialect {

/// A comment as MySQL takes it.
struct MysqlComment {
  std::string sql;   ///< A literal; empty where it is left out.
  std::string told;  ///< What is lost; empty where nothing is.
};

/// Comments are for people: one that is too long is cut rather than a reason to make no table.
/// `most`: characters that the server takes.
MysqlComment fit_mysql_comment(const std::string& comment, std::size_t most);

/// Why the target cannot have the column INVISIBLE, as it is in the source; empty where it can.
std::string why_not_invisible(const Column& column, const TargetTraits& target);

/// Characters that the primary key takes of the column; 0: all of it.
int key_prefix(const Table& table, const std::string& column);

/// MariaDB's CHECK of a JSON column, which the type that the column becomes sees to by itself.
bool is_json_check(const Table& table, const std::vector<MappedType>& types,
                   const std::string& expression);

}  // namespace crossload::dialect
