#include "schema.h"

namespace crossload::tools::schema {
namespace {

Json typed(const char* type, const std::string& description) {
  Json property = {{"type", type}};
  if (!description.empty()) property["description"] = description;
  return property;
}

Json members(const Properties& properties) {
  Json object = Json::object();
  for (const auto& [name, property] : properties) object[name] = property;
  return object;
}

}  // namespace

Json string(const std::string& description) {
  return typed("string", description);
}

Json boolean(const std::string& description, std::optional<bool> otherwise) {
  Json property = typed("boolean", description);
  if (otherwise) property["default"] = *otherwise;
  return property;
}

Json integer(const std::string& description, std::int64_t minimum, std::int64_t maximum,
             std::optional<std::int64_t> otherwise) {
  Json property = typed("integer", description);
  property["minimum"] = minimum;
  if (maximum > 0) property["maximum"] = maximum;
  if (otherwise) property["default"] = *otherwise;
  return property;
}

Json choice(const std::string& description, const std::vector<std::string>& values,
            const std::string& otherwise) {
  Json property = typed("string", description);
  property["enum"] = values;
  if (!otherwise.empty()) property["default"] = otherwise;
  return property;
}

Json strings(const std::string& description) {
  Json property = typed("array", description);
  property["items"] = {{"type", "string"}};
  return property;
}

Json sql_parameters() {
  Json kinds = Json::array();
  for (const char* kind : {"string", "number", "boolean", "null", "object"}) {
    kinds.push_back({{"type", kind}});
  }
  Json property =
      typed("array", "Values for ? (PostgreSQL: $1) in order; bytes as {\"base64\":...}");
  property["items"] = {{"anyOf", std::move(kinds)}};
  return property;
}

Json arguments(const Properties& properties, const std::vector<std::string>& required) {
  Json object = {{"type", "object"}, {"properties", members(properties)}};
  if (!required.empty()) object["required"] = required;
  object["additionalProperties"] = false;
  return object;
}

Json count(const std::string& description) {
  return typed("integer", description);
}

Json number(const std::string& description) {
  return typed("number", description);
}

Json flag(const std::string& description) {
  return typed("boolean", description);
}

Json list(const std::string& description) {
  Json property = typed("array", description);
  property["items"] = {{"type", "string"}};
  return property;
}

Json list_of(const Properties& properties) {
  return {{"type", "array"}, {"items", {{"type", "object"}, {"properties", members(properties)}}}};
}

Json objects(const std::string& description) {
  Json property = typed("array", description);
  property["items"] = {{"type", "object"}};
  return property;
}

Json object(const std::string& description) {
  return typed("object", description);
}

Json columns() {
  return list_of({{"name", string()}, {"type", string()}});
}

Json rows() {
  Json property = typed("array", {});
  property["items"] = {{"type", "array"}};
  return property;
}

Json result(const Properties& properties) {
  return {{"type", "object"}, {"properties", members(properties)}};
}

Json profile_name() {
  return string("A profile of list-profiles");
}

Json database_name() {
  return string("May be left out where there is only one");
}

}  // namespace crossload::tools::schema
