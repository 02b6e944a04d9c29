#pragma once

#include <map>
#include <optional>
#include <string>

#include "crossload/base/error.h"

#include "config/config.h"
#include "support/temp_folder.h"

namespace crossload::app {

using crossload::testing::TempFolder;
using VariableMap = std::map<std::string, std::string>;

inline Variables variables_of(VariableMap values) {
  return [values = std::move(values)](const std::string& name) -> std::optional<std::string> {
    const auto found = values.find(name);
    return found == values.end() ? std::nullopt : std::optional<std::string>(found->second);
  };
}

/// The text as crossload.json in `folder`, loaded.
inline Config load(const TempFolder& folder, std::string_view text, VariableMap values = {}) {
  const auto file = folder.write("crossload.json", text);
  std::filesystem::permissions(file, std::filesystem::perms(0600));
  return load_config(file, variables_of(std::move(values)));
}

/// The message with which the text is refused; "accepted" where it is not.
inline std::string refusal(const TempFolder& folder, std::string_view text,
                           VariableMap values = {}) {
  try {
    load(folder, text, std::move(values));
  } catch (const Error& error) {
    return error.code() == ErrorCode::kInvalidArgument ? error.message() : "wrong code";
  }
  return "accepted";
}

/// A configuration whose only profile is `shop` with this body.
inline std::string shop(std::string_view body) {
  return R"({"profiles": {"shop": {)" + std::string(body) + "}}}";
}

}  // namespace crossload::app
