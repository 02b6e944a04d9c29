#pragma once

#include <string_view>

#include <nlohmann/json.hpp>

namespace crossload::app {

using Json = nlohmann::ordered_json;

/// Parses JSON with comments, keeping the order of keys and refusing a key given twice.
/// Throws: Error kInvalidArgument with line and column; the text itself is never quoted, since the
/// place of a mistake may lie inside a password.
Json parse_json_with_comments(std::string_view text);

}  // namespace crossload::app
