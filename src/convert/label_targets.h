#pragma once

#include <memory>

#include "cell.h"

namespace crossload::convert {

// The conversions into one kind of target column. nullptr: whatever the source's column holds goes
// on as it is.

std::unique_ptr<CellConversion> to_enum(const Pair& pair);
std::unique_ptr<CellConversion> to_set(const Pair& pair);
std::unique_ptr<CellConversion> to_array(const Pair& pair);
std::unique_ptr<CellConversion> to_uuid(const Pair& pair);
std::unique_ptr<CellConversion> to_bit(const Pair& pair);

/// Refuses MySQL's enum value that is no label, or what else the rule says; then `form`.
std::unique_ptr<CellConversion> from_enum(const Pair& pair, std::unique_ptr<TextForm> form);
/// True for an enum that can hold that value.
bool may_be_empty_enum(const Pair& pair);

}  // namespace crossload::convert
