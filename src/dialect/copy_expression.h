#pragma once

#include <optional>
#include <string>

#include "made_table.h"

namespace crossload::dialect {

/// An expression over the columns of a table as the target writes it; nullopt where it cannot.
/// `why` then says what stands against it.
std::optional<std::string> expression_in_target(const MadeTable& table, const CopyContext& copy,
                                                const std::string& sql, std::string& why);

/// The same for what holds or does not: a predicate.
std::optional<std::string> condition_in_target(const MadeTable& table, const CopyContext& copy,
                                               const std::string& sql, std::string& why);

}  // namespace crossload::dialect
