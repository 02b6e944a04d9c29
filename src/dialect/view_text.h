#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sql_tree.h"
#include "translate.h"

namespace crossload::dialect {

/// A view in the target's words.
struct ViewTranslation {
  std::optional<std::string> sql;  ///< CREATE VIEW ..., no semicolon at the end.
  std::string reason;              ///< Where there is no `sql`.
  std::vector<std::string> notes = {};
  KnownTable known = {};  ///< What other views may read of it.
};

/// `sql` is the defining statement as the source's catalog has it. Pure; throws nothing for what
/// the text says.
ViewTranslation translate_view(std::string_view sql, const TableName& name,
                               const TableName& target_name, const TranslationContext& context);

/// The statement of MySQL without the account that made the object; what runs it becomes its owner.
std::string without_definer(std::string_view sql);

}  // namespace crossload::dialect
