#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "crossload/model/schema.h"

namespace crossload::dialect {

/// The statement that a server of MySQL's kind printed for a table, taken apart: what stays in
/// CREATE TABLE, and the indexes that can be added after the rows.
struct MysqlTableText {
  std::string create;  ///< Under its new name, no foreign keys.
  /// Names, and what stands behind ADD; in the server's order.
  std::vector<std::pair<std::string, std::string>> indexes;
};

/// nullopt where the table has no such text. For a copy to the same kind of server (MySQL to MySQL,
/// MariaDB to MariaDB), which then prints the same.
std::optional<MysqlTableText> take_apart_mysql(const Table& table, const std::string& new_name);

/// What such a statement lists (columns, keys, constraints) and what stands behind the list; empty
/// where there is no list.
struct MysqlTableParts {
  std::vector<std::string> items;
  std::string options;
};
MysqlTableParts parts_of_mysql_table(const std::string& create_table);

}  // namespace crossload::dialect
