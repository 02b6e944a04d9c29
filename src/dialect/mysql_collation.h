#pragma once

#include <string>
#include <string_view>

namespace crossload::dialect {

/// The collation under which texts are equal where their bytes are, blanks at the end included.
std::string exact_mysql_collation(bool mariadb);

/// COLLATE with that collation, each server reading its own in comments that the other passes over.
/// Source: dev.mysql.com "Comments", mariadb.com "Comment Syntax".
std::string any_exact_mysql_collation();

/// A collation of MySQL or MariaDB as the other one calls what is nearest to it.
/// Source: SHOW COLLATION of MySQL 9.7 and MariaDB 10.11.
std::string mysql_collation(std::string_view name, bool mariadb);

}  // namespace crossload::dialect
