#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "made_table.h"

namespace crossload::dialect {

/// How the parts of an index fit MySQL's keys.
struct MysqlKeyFit {
  std::vector<std::uint64_t> prefixes;  ///< By part: characters to take; 0: the whole column.
  std::string problem;                  ///< Why the index cannot be; empty where it can.
};

/// A key of InnoDB takes 3,072 bytes, and of a long text only its beginning. A plain index is cut
/// to fit; a unique one would then forbid more than the source's, and is not made, but in MariaDB,
/// which hashes long ones. Source: dev.mysql.com "InnoDB Limits", "CREATE INDEX"; mariadb.com
/// "Unique" (10.4).
MysqlKeyFit fit_mysql_key(const MadeTable& table, const Index& index, const TargetTraits& target);

}  // namespace crossload::dialect
