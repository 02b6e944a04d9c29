#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "cell.h"

namespace crossload::convert {

// Forms that go before the target's own.

/// PostgreSQL's array literal as JSON.
std::unique_ptr<TextForm> array_to_json(const Pair& pair);
/// JSON, or an array literal as it stands, as PostgreSQL's array literal.
std::unique_ptr<TextForm> json_to_array(const Pair& pair);
/// MySQL's set, labels with commas between them, as JSON and as an array literal.
std::unique_ptr<TextForm> set_to_json();
std::unique_ptr<TextForm> set_to_array();
/// An array literal of labels as a set.
std::unique_ptr<TextForm> array_to_set(const Pair& pair);

/// An element of an array literal, in quotes where it needs them.
void append_array_element(std::string& out, std::string_view text);

}  // namespace crossload::convert
