#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "crossload/model/row_batch.h"
#include "crossload/model/value.h"

namespace crossload::copy {

/// A value as reject lines show it: bytes and text that is not UTF-8 as {"base64":...}; integers
/// beyond 2^53, NaN and infinities as strings.
nlohmann::ordered_json value_to_json(const Value& value);

/// The same as text, piece by piece: a large value is not held again, nor is its JSON.
void write_value_json(const RowBatch& batch, std::size_t row, std::size_t column,
                      const std::function<void(std::string_view)>& write);

/// A resume position as one line of text that reads back to the same values, bit by bit.
std::string encode_position(const std::vector<Value>& position);
/// Throws: Error kCheckpointNotFound when the text is no position.
std::vector<Value> decode_position(const std::string& text);

}  // namespace crossload::copy
