#include "arguments.h"

#include "crossload/base/error.h"
#include "crossload/base/narrow.h"

namespace crossload::tools {

std::string required_text(const Json& arguments, const char* name) {
  return arguments.at(name).get<std::string>();
}

std::optional<std::string> optional_text(const Json& arguments, const char* name) {
  const auto found = arguments.find(name);
  if (found == arguments.end()) return std::nullopt;
  std::string text = found->get<std::string>();
  if (text.empty()) return std::nullopt;
  return text;
}

bool flag_or(const Json& arguments, const char* name, bool otherwise) {
  const auto found = arguments.find(name);
  return found == arguments.end() ? otherwise : found->get<bool>();
}

std::int64_t integer_or(const Json& arguments, const char* name, std::int64_t otherwise) {
  const auto found = arguments.find(name);
  if (found == arguments.end()) return otherwise;
  if (found->is_number_unsigned()) return narrow<std::int64_t>(found->get<std::uint64_t>());
  return found->get<std::int64_t>();
}

std::size_t size_or(const Json& arguments, const char* name, std::size_t otherwise) {
  return narrow<std::size_t>(integer_or(arguments, name, narrow<std::int64_t>(otherwise)));
}

std::vector<std::string> texts(const Json& arguments, const char* name) {
  const auto found = arguments.find(name);
  if (found == arguments.end()) return {};
  return found->get<std::vector<std::string>>();
}

std::map<std::string, std::string> names_to_names(const Json& arguments, const char* name) {
  std::map<std::string, std::string> map;
  const auto found = arguments.find(name);
  if (found == arguments.end()) return map;
  for (const auto& [from, to] : found->items()) {
    if (!to.is_string()) {
      throw Error(ErrorCode::kInvalidArgument, std::string(name) + " maps names to names");
    }
    map[from] = to.get<std::string>();
  }
  return map;
}

std::string call_hint(const std::string& tool, const Json& arguments) {
  return "call " + tool + " " + arguments.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace crossload::tools
