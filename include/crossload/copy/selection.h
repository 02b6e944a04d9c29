#pragma once

#include <string>
#include <vector>

#include "crossload/driver/driver.h"
#include "crossload/model/schema.h"

namespace crossload::copy {

/// The tables of `schema` that the lists name: all where `include` is empty, else those that match
/// one of its exact names or globs, less those that match one of `exclude`. Virtual tables are not
/// chosen themselves; their shadow tables go with them by either name.
/// Throws: Error kSourceTableNotFound for an exact name, or a glob of `include`, that matches
/// nothing, with the nearest names; kInvalidArgument when nothing is left.
std::vector<const Table*> select_tables(const Schema& schema,
                                        const std::vector<std::string>& include,
                                        const std::vector<std::string>& exclude);

}  // namespace crossload::copy
