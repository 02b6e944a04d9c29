#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "crossload/model/value.h"

namespace crossload::copy {

/// A value as reject lines show it: bytes and text that is not UTF-8 as {"base64":...}; integers
/// beyond 2^53, NaN and infinities as strings.
nlohmann::ordered_json value_to_json(const Value& value);

/// A resume position as one line of text that reads back to the same values, bit by bit.
std::string encode_position(const std::vector<Value>& position);
/// Throws: Error kCheckpointNotFound when the text is no position.
std::vector<Value> decode_position(const std::string& text);

}  // namespace crossload::copy
