#pragma once

#include <string>
#include <vector>

#include "crossload/model/schema.h"

namespace crossload::dialect {

/// The columns of the table that a full text index searches: its own, or those of texts that its
/// expressions (to_tsvector) name. Each once.
std::vector<std::string> full_text_columns(const Table& table, const Index& index);

}  // namespace crossload::dialect
