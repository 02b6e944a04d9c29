#pragma once

#include <string>
#include <vector>

#include "made_table.h"

namespace crossload::dialect {

/// What an index is in the target.
struct IndexForm {
  std::vector<std::string> parts;  ///< As they stand between the brackets.
  std::string where = {};          ///< Condition of a partial one.
  bool unique = false;
  bool as_constraint = false;      ///< ALTER TABLE ... ADD CONSTRAINT ... UNIQUE.
  std::string kind = {};           ///< "FULLTEXT ", "SPATIAL " of MySQL.
  bool only_mysql = false;         ///< MariaDB has no such index.
  std::string method = {};         ///< What stands behind USING.
  std::vector<std::string> notes;  ///< How it differs from the source's.
};

/// An index of the source in the target's form. `why` says why there is none: a unique index never
/// becomes one that forbids more rows than the source's does.
IndexForm index_form(const MadeTable& table, const Index& index, const CopyContext& copy,
                     std::string& why);

}  // namespace crossload::dialect
