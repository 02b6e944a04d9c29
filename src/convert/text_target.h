#pragma once

#include <memory>

#include "cell.h"

namespace crossload::convert {

/// Text as a target's column takes it: characters, length, encoding. nullptr: any text of the
/// source's.
std::unique_ptr<TextForm> text_form(const Pair& pair);
/// From whatever the source is to text, or to a type that is written as text.
std::unique_ptr<CellConversion> to_text(const Pair& pair);
std::unique_ptr<CellConversion> to_bytes(const Pair& pair);

}  // namespace crossload::convert
