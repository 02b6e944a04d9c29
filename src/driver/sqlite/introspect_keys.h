#pragma once

#include <string>
#include <vector>

#include "crossload/model/schema.h"

#include "session.h"

namespace crossload::driver::sqlite {

/// The indexes of a table in the order they were made, those behind keys and constraints included.
std::vector<Index> indexes_of(Session& session, const std::string& table);

/// The table's outgoing foreign keys in declared order. `texts`: what its statement says of them.
std::vector<ForeignKey> foreign_keys_of(Session& session, const std::string& table,
                                        const std::vector<ForeignKey>& texts);

}  // namespace crossload::driver::sqlite
