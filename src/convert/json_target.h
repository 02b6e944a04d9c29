#pragma once

#include <memory>

#include "cell.h"

namespace crossload::convert {

/// nullptr: any value of the source's goes on as it is.
std::unique_ptr<CellConversion> to_json(const Pair& pair);
/// PostgreSQL's hstore, as JSON and back.
bool is_hstore(const LogicalType& type);
std::unique_ptr<TextForm> hstore_to_json();
std::unique_ptr<TextForm> json_to_hstore();

}  // namespace crossload::convert
