#include "tool_options.h"

#include <algorithm>

namespace crossload::app {
namespace {

using mcp::Json;

std::string described(const Json& property) {
  std::string text = property.value("description", std::string());
  if (const auto choices = property.find("enum"); choices != property.end()) {
    text += text.empty() ? "One of" : "; one of";
    for (const Json& choice : *choices) text += " " + choice.get<std::string>();
  }
  if (const auto otherwise = property.find("default"); otherwise != property.end()) {
    const Json& value = *otherwise;
    text += " (default " + (value.is_string() ? value.get<std::string>() : value.dump()) + ")";
  }
  return text;
}

/// JSON where it is JSON, else a text as it stands.
Json parameter(const std::string& text) {
  Json value = Json::parse(text, nullptr, false);
  return value.is_discarded() ? Json(text) : value;
}

}  // namespace

std::string flag_name(const std::string& argument) {
  std::string name = "--" + argument;
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

ToolOptions::ToolOptions(CLI::App& command, const Json& input_schema) {
  for (const auto& [name, property] : input_schema.at("properties").items()) {
    bound_.emplace_back();
    bound_.back().name = name;
    bind(command, bound_.back(), property);
  }
}

void ToolOptions::bind(CLI::App& command, Bound& bound, const Json& property) {
  const std::string flag = flag_name(bound.name);
  const std::string description = described(property);
  const std::string type = property.value("type", std::string());
  if (type == "boolean") {
    bound.kind = Kind::kFlag;
    bound.option = command.add_flag(flag + ",!--no-" + flag.substr(2), bound.flag, description);
  } else if (type == "integer") {
    bound.kind = Kind::kInteger;
    bound.option = command.add_option(flag, bound.integer, description);
  } else if (type == "array") {
    const bool plain = property.at("items").value("type", std::string()) == "string";
    bound.kind = plain ? Kind::kTexts : Kind::kValues;
    bound.option = command.add_option(flag, bound.texts, description + "; may be repeated");
  } else if (type == "object") {
    bound.kind = Kind::kObject;
    bound.option = command.add_option(flag, bound.text, description + "; as JSON");
  } else {
    bound.option = command.add_option(flag, bound.text, description);
  }
}

Json ToolOptions::value_of(const Bound& bound) {
  switch (bound.kind) {
    case Kind::kText:
      return bound.text;
    case Kind::kObject:
      return parameter(bound.text);
    case Kind::kInteger:
      return bound.integer;
    case Kind::kFlag:
      return bound.flag;
    case Kind::kTexts:
      return bound.texts;
    case Kind::kValues: {
      Json values = Json::array();
      for (const std::string& text : bound.texts) values.push_back(parameter(text));
      return values;
    }
  }
  return nullptr;
}

Json ToolOptions::arguments() const {
  Json arguments = Json::object();
  for (const Bound& bound : bound_) {
    if (bound.option->count() > 0) arguments[bound.name] = value_of(bound);
  }
  return arguments;
}

}  // namespace crossload::app
