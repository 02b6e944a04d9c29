#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "crossload/base/strings.h"
#include "crossload/mcp/tool.h"

namespace crossload::mcp {
namespace {

constexpr std::size_t kQuotedChars = 60;
constexpr std::size_t kListedNames = 40;

/// "argument 'tables[2]'", or "the arguments" at the root.
std::string subject(const std::string& path) {
  return path.empty() ? "the arguments" : "argument '" + path + "'";
}

std::string child_path(const std::string& path, const std::string& name) {
  return path.empty() ? name : path + "." + name;
}

std::string with_article(std::string_view type) {
  if (type == "null") return "null";
  const bool vowel = type == "integer" || type == "object" || type == "array";
  return (vowel ? "an " : "a ") + std::string(type);
}

std::string type_name(const Json& value) {
  switch (value.type()) {
    case Json::value_t::null:
      return "null";
    case Json::value_t::boolean:
      return "boolean";
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
      return "integer";
    case Json::value_t::number_float:
      return "number";
    case Json::value_t::string:
      return "string";
    case Json::value_t::array:
      return "array";
    case Json::value_t::object:
      return "object";
    case Json::value_t::binary:
    case Json::value_t::discarded:
      break;
  }
  return "unknown";
}

/// The value as the caller wrote it, short enough for a message.
std::string quoted(const Json& value) {
  bool truncated = false;
  const std::string text = utf8_head(value.dump(-1, ' ', false, Json::error_handler_t::replace),
                                     kQuotedChars, truncated);
  return truncated ? text + "..." : text;
}

std::string described(const Json& value) {
  if (value.is_null()) return "null";
  return "the " + type_name(value) + " " + quoted(value);
}

bool is_whole(const Json& value) {
  if (value.is_number_integer()) return true;
  if (!value.is_number_float()) return false;
  // JSON Schema counts 5.0 as an integer; beyond 2^63 a handler could not read it as one.
  const double number = value.get<double>();
  return std::trunc(number) == number && std::fabs(number) < 9223372036854775808.0;
}

bool has_type(const Json& value, std::string_view type) {
  if (type == "integer") return is_whole(value);
  if (type == "number") return value.is_number();
  return type_name(value) == type;
}

Error invalid(const std::string& message) {
  return Error(ErrorCode::kInvalidArgument, message);
}

std::vector<std::string> property_names(const Json& schema) {
  std::vector<std::string> names;
  if (const auto properties = schema.find("properties"); properties != schema.end()) {
    for (const auto& [name, unused] : properties->items()) names.push_back(name);
  }
  return names;
}

void check_type(const Json& schema, const Json& value, const std::string& path) {
  const auto type = schema.find("type");
  if (type == schema.end()) return;
  const std::string& wanted = type->get_ref<const std::string&>();
  if (has_type(value, wanted)) return;
  throw invalid(subject(path) + " must be " + with_article(wanted) + ", not " + described(value));
}

void check_enum(const Json& schema, const Json& value, const std::string& path) {
  const auto choices = schema.find("enum");
  if (choices == schema.end()) return;
  std::vector<std::string> names;
  for (const Json& choice : *choices) {
    if (choice == value) return;
    names.push_back(choice.is_string() ? choice.get<std::string>() : choice.dump());
  }
  Error error =
      invalid(subject(path) + " must be one of " + join(names, ", ") + ", not " + quoted(value));
  if (value.is_string()) error.candidates(nearest_names(value.get<std::string>(), names));
  throw error;
}

void check_range(const Json& schema, const Json& value, const std::string& path) {
  const auto minimum = schema.find("minimum");
  if (minimum != schema.end() && value < *minimum) {
    throw invalid(subject(path) + " must be at least " + minimum->dump() + ", not " +
                  quoted(value));
  }
  const auto maximum = schema.find("maximum");
  if (maximum != schema.end() && value > *maximum) {
    throw invalid(subject(path) + " must be at most " + maximum->dump() + ", not " + quoted(value));
  }
}

std::size_t count_of(const Json& schema, const char* keyword, std::size_t otherwise) {
  const auto found = schema.find(keyword);
  return found == schema.end() ? otherwise : found->get<std::size_t>();
}

void check_count(const Json& schema, const char* at_least, const char* at_most, std::size_t count,
                 const std::string& unit, const std::string& path) {
  const std::size_t least = count_of(schema, at_least, 0);
  const std::size_t most = count_of(schema, at_most, static_cast<std::size_t>(-1));
  if (count < least) {
    throw invalid(subject(path) + " must have at least " + std::to_string(least) + " " + unit +
                  ", not " + std::to_string(count));
  }
  if (count > most) {
    throw invalid(subject(path) + " must have at most " + std::to_string(most) + " " + unit +
                  ", not " + std::to_string(count));
  }
}

void check(const Json& schema, const Json& value, const std::string& path);

[[noreturn]] void refuse_unknown(const Json& schema, const std::string& name,
                                 const std::string& path) {
  std::vector<std::string> known = property_names(schema);
  Error error = invalid("unknown argument '" + child_path(path, name) + "'");
  const std::vector<std::string> nearest = nearest_names(name, known);
  if (!nearest.empty()) {
    error.candidates(nearest);
    error.suggest("use '" + nearest.front() + "' instead of '" + name + "'");
  }
  if (known.empty()) {
    error.suggest(path.empty() ? "this tool takes no arguments" : "give an empty object");
  } else if (known.size() <= kListedNames) {
    error.suggest("known " + std::string(path.empty() ? "arguments" : "members") + ": " +
                  join(known, ", "));
  }
  throw error;
}

void check_members(const Json& schema, const Json& value, const std::string& path) {
  const auto properties = schema.find("properties");
  const auto additional = schema.find("additionalProperties");
  for (const auto& [name, member] : value.items()) {
    if (properties != schema.end() && properties->contains(name)) {
      check((*properties)[name], member, child_path(path, name));
    } else if (additional != schema.end() && additional->is_object()) {
      check(*additional, member, child_path(path, name));
    } else if (additional != schema.end() && *additional == false) {
      refuse_unknown(schema, name, path);
    }
  }
}

void check_required(const Json& schema, const Json& value, const std::string& path) {
  const auto required = schema.find("required");
  if (required == schema.end()) return;
  for (const Json& entry : *required) {
    const std::string& name = entry.get_ref<const std::string&>();
    if (value.contains(name)) continue;
    std::string message = "missing argument '" + child_path(path, name) + "'";
    const Json member = schema.value("properties", Json::object()).value(name, Json::object());
    if (const auto type = member.find("type"); type != member.end()) {
      message += ", " + with_article(type->get_ref<const std::string&>());
    }
    throw invalid(message).suggest("required: " +
                                   join(required->get<std::vector<std::string>>(), ", "));
  }
}

void check(const Json& schema, const Json& value, const std::string& path) {
  check_type(schema, value, path);
  check_enum(schema, value, path);
  if (value.is_number()) check_range(schema, value, path);
  if (value.is_string()) {
    check_count(schema, "minLength", "maxLength", code_points(value.get_ref<const std::string&>()),
                "characters", path);
  }
  if (value.is_array()) {
    check_count(schema, "minItems", "maxItems", value.size(), "items", path);
    if (const auto items = schema.find("items"); items != schema.end()) {
      for (std::size_t i = 0; i < value.size(); ++i) {
        check(*items, value[i], path + "[" + std::to_string(i) + "]");
      }
    }
  }
  if (value.is_object()) {
    // An unknown name first: it is often the misspelled form of the one that is missing.
    check_members(schema, value, path);
    check_required(schema, value, path);
  }
}

}  // namespace

void check_arguments(const Json& schema, const Json& value) {
  check(schema, value, "");
}

}  // namespace crossload::mcp
