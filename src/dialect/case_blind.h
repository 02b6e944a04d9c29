#pragma once

#include <string>

#include "crossload/model/schema.h"

namespace crossload::dialect {

/// Whether texts of the column that differ in case only are equal in the source: a collation that
/// says so, of the column or of an index over it, or PostgreSQL's citext.
bool is_case_blind(Engine source, const Column& column, const std::string& index_collation);

}  // namespace crossload::dialect
