#include "object_reader.h"

#include <algorithm>

#include "crossload/base/error.h"
#include "crossload/base/strings.h"

#include "variables.h"

namespace crossload::app {
namespace {

std::string_view type_of(const Json& json) {
  switch (json.type()) {
    case Json::value_t::null:
      return "null";
    case Json::value_t::object:
      return "an object";
    case Json::value_t::array:
      return "a list";
    case Json::value_t::string:
      return "a string";
    case Json::value_t::boolean:
      return "true or false";
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
    case Json::value_t::number_float:
      return "a number";
    case Json::value_t::binary:
    case Json::value_t::discarded:
      return "nothing JSON has";
  }
  return "?";
}

std::string must_be(std::string_view wanted, const Json& json) {
  return "it must be " + std::string(wanted) + ", not " + std::string(type_of(json));
}

/// No name, path or password that a C interface takes can hold a zero byte.
std::string expand_checked(const std::string& text, const Variables& variables) {
  std::string result = expand(text, variables);
  if (result.find('\0') != std::string::npos) {
    throw Error(ErrorCode::kInvalidArgument, "it holds a zero byte");
  }
  return result;
}

}  // namespace

std::string hint_for(std::string_view wanted, const std::vector<std::string>& known) {
  const std::vector<std::string> near = nearest_names(wanted, known, 1);
  if (!near.empty()) return " (did you mean '" + near.front() + "'?)";
  return " (known: " + join(known, ", ") + ")";
}

ObjectReader::ObjectReader(const Json& json, std::string where,
                           const std::vector<std::string>& known, const Variables& variables)
    : json_(json), where_(std::move(where)), variables_(variables) {
  const std::string prefix = where_.empty() ? "" : where_ + ": ";
  if (!json.is_object()) {
    throw Error(ErrorCode::kInvalidArgument, prefix + must_be("an object", json));
  }
  for (const auto& item : json.items()) {
    if (std::find(known.begin(), known.end(), item.key()) != known.end()) continue;
    throw Error(ErrorCode::kInvalidArgument,
                prefix + "unknown key '" + item.key() + "'" + hint_for(item.key(), known))
        .candidates(nearest_names(item.key(), known));
  }
}

const Json* ObjectReader::find(const std::string& key) const {
  const auto found = json_.find(key);
  return found == json_.end() ? nullptr : &*found;
}

std::optional<std::string> ObjectReader::raw_text(const std::string& key) const {
  const Json* value = find(key);
  if (value == nullptr) return std::nullopt;
  if (!value->is_string()) throw wrong(key, must_be("a string", *value));
  return value->get<std::string>();
}

std::optional<std::string> ObjectReader::text(const std::string& key) const {
  const std::optional<std::string> raw = raw_text(key);
  if (!raw) return std::nullopt;
  try {
    return expand_checked(*raw, variables_);
  } catch (const Error& error) {
    throw wrong(key, error.message());
  }
}

std::optional<std::vector<std::string>> ObjectReader::texts(const std::string& key) const {
  const Json* value = find(key);
  if (value == nullptr) return std::nullopt;
  if (!value->is_array()) throw wrong(key, must_be("a list of strings", *value));
  std::vector<std::string> result;
  for (const Json& item : *value) {
    if (!item.is_string()) {
      throw wrong(key, "each entry must be a string, not " + std::string(type_of(item)));
    }
    try {
      result.push_back(expand_checked(item.get<std::string>(), variables_));
    } catch (const Error& error) {
      throw wrong(key, error.message());
    }
    if (result.back().empty()) throw wrong(key, "an entry is empty");
  }
  return result;
}

Error ObjectReader::wrong(const std::string& key, std::string_view what) const {
  return {ErrorCode::kInvalidArgument,
          (where_.empty() ? "" : where_ + ", ") + "key '" + key + "': " + std::string(what)};
}

}  // namespace crossload::app
