#include "tool_docs.h"

#include <algorithm>
#include <sstream>
#include <string_view>

#include "tool_options.h"

namespace crossload::app {
namespace {

using mcp::Json;

bool is_required(const Json& schema, const std::string& name) {
  const auto required = schema.find("required");
  return required != schema.end() &&
         std::find(required->begin(), required->end(), Json(name)) != required->end();
}

std::string type_text(const Json& property) {
  const std::string type = property.value("type", std::string("any"));
  if (type != "array") return type;
  return "array of " + property.at("items").value("type", std::string("values"));
}

/// What the schema says of an argument beyond its type.
std::string rules_text(const Json& property) {
  std::string text = property.value("description", std::string());
  const auto add = [&](const std::string& rule) { text += (text.empty() ? "" : "; ") + rule; };
  if (const auto choices = property.find("enum"); choices != property.end()) {
    std::string names;
    for (const Json& choice : *choices) {
      names += (names.empty() ? "" : ", ") + choice.get<std::string>();
    }
    add("one of: " + names);
  }
  if (property.contains("maximum")) {
    add(property["minimum"].dump() + " to " + property["maximum"].dump());
  }
  if (property.contains("default")) {
    const Json& value = property["default"];
    add("default " + (value.is_string() ? value.get<std::string>() : value.dump()));
  }
  return text;
}

std::string shell_word(const std::string& text) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=,+";
  if (!text.empty() && text.find_first_not_of(kPlain) == std::string::npos) return text;
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string word_of(const Json& value) {
  return shell_word(value.is_string() ? value.get<std::string>() : value.dump());
}

std::string option_text(const std::string& name, const Json& value) {
  const std::string flag = flag_name(name);
  if (value.is_boolean()) {
    return value.get<bool>() ? " " + flag : " --no-" + flag.substr(2);
  }
  if (!value.is_array()) return " " + flag + " " + word_of(value);
  std::string text;
  for (const Json& item : value) text += " " + flag + " " + word_of(item);
  return text;
}

std::string cell(std::string text) {
  for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2) {
    text.insert(at, "\\");
  }
  return text;
}

void write_arguments(std::ostream& out, const Json& schema) {
  if (schema.at("properties").empty()) {
    out << "It takes no arguments.\n";
    return;
  }
  out << "| argument | type | |\n|---|---|---|\n";
  for (const auto& [name, property] : schema.at("properties").items()) {
    out << "| `" << name << "`" << (is_required(schema, name) ? " (required)" : "") << " | "
        << type_text(property) << " | " << cell(rules_text(property)) << " |\n";
  }
}

void write_results(std::ostream& out, const Json& schema) {
  out << "| result | type | |\n|---|---|---|\n";
  for (const auto& [name, property] : schema.at("properties").items()) {
    std::string what = property.value("description", std::string());
    if (property.contains("items") && property["items"].contains("properties")) {
      std::string members;
      for (const auto& [member, unused] : property["items"]["properties"].items()) {
        members += (members.empty() ? "" : ", ") + member;
      }
      what += (what.empty() ? "" : "; ") + members;
    }
    out << "| `" << name << "` | " << type_text(property) << " | " << cell(what) << " |\n";
  }
}

struct CodeMeaning {
  ErrorCode code;
  const char* meaning;
};

constexpr CodeMeaning kCodes[] = {
    {ErrorCode::kInvalidArgument,
     "An argument is missing, unknown, of the wrong type or out of place"},
    {ErrorCode::kProfileNotFound, "No profile of that name is configured"},
    {ErrorCode::kDatabaseNotFound, "The profile has no such database"},
    {ErrorCode::kTableNotFound, "The database has no such table"},
    {ErrorCode::kConnectionFailed, "The server or file cannot be reached, or is no database"},
    {ErrorCode::kAccessDenied,
     "The profile's access or powers do not cover it, or the engine refuses"},
    {ErrorCode::kSqlError, "The engine's own error; `sqlstate` where it has one"},
    {ErrorCode::kCancelled, "Stopped by the caller, or on the server at the time limit"},
    {ErrorCode::kMigrationNotFound, "No job has that id"},
    {ErrorCode::kMigrationAlreadyExists, "An unfinished job does the same, or the job runs"},
    {ErrorCode::kMigrationFailed, "The job or one of its files could not be written or run"},
    {ErrorCode::kSourceTableNotFound, "A name or glob matches no table of the source"},
    {ErrorCode::kTargetTableNotFound, "The target lacks a table and `create_schema` is not given"},
    {ErrorCode::kColumnMismatch, "The columns of source and target do not fit"},
    {ErrorCode::kFkViolation, "A foreign key points at nothing"},
    {ErrorCode::kCheckpointNotFound, "The job is there, its checkpoint or ledger is not"},
    {ErrorCode::kPlanStale, "Plan or schema changed since the job began"},
    {ErrorCode::kSchemaCopyFailed, "A schema copy could not be written"},
};

void write_codes(std::ostream& out) {
  out << "\n## Error codes\n\n| code | |\n|---|---|\n";
  for (const CodeMeaning& entry : kCodes) {
    out << "| `" << to_string(entry.code) << "` | " << entry.meaning << " |\n";
  }
}

std::string hints_text(const mcp::ToolAnnotations& hints) {
  std::string text = hints.read_only ? "read-only" : "changes something";
  if (hints.destructive) text += ", may destroy data";
  if (hints.idempotent) text += ", repeating it is harmless";
  return text;
}

void write_tool(std::ostream& out, const mcp::ToolDefinition& tool) {
  out << "\n## " << tool.name << "\n\n"
      << tool.description << "\n\n"
      << "Hints to clients: " << hints_text(tool.annotations) << ".\n\n";
  write_arguments(out, tool.input_schema);
  out << "\n";
  write_results(out, tool.output_schema);
  out << "\n" << tool.help << "\n\n### Examples\n\n";
  for (const auto& example : tool.examples) {
    out << example.title << ":\n\n```json\n"
        << example.arguments.dump() << "\n```\n\n```sh\n"
        << command_line(tool.name, example.arguments) << "\n```\n\n";
  }
  out << "### Common errors\n\n";
  for (const auto& error : tool.errors) {
    out << "* `" << to_string(error.code) << "`: " << error.when << "\n";
  }
}

void write_yaml(std::ostream& out, const Json& value, std::size_t depth);

/// Plain where YAML reads it as the same text: words, not numbers or signs.
std::string yaml_key(const std::string& name) {
  constexpr std::string_view kWord = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-/";
  const bool plain = name.find_first_not_of(kWord) == std::string::npos;
  return plain ? name : Json(name).dump();
}

bool is_flow(const Json& value) {
  return !value.is_structured() || value.empty();
}

void write_member(std::ostream& out, const Json& value, std::size_t depth) {
  if (is_flow(value)) {
    // A JSON scalar in double quotes is a YAML scalar too.
    out << " " << value.dump() << "\n";
    return;
  }
  out << "\n";
  write_yaml(out, value, depth);
}

void write_yaml(std::ostream& out, const Json& value, std::size_t depth) {
  const std::string indent(2 * depth, ' ');
  if (value.is_array()) {
    for (const Json& item : value) {
      out << indent << "-";
      write_member(out, item, depth + 1);
    }
    return;
  }
  for (const auto& [name, member] : value.items()) {
    out << indent << yaml_key(name) << ":";
    write_member(out, member, depth + 1);
  }
}

Json body(const Json& schema) {
  return {{"content", {{"application/json", {{"schema", schema}}}}}};
}

Json operation(const mcp::ToolDefinition& tool) {
  Json request = body(tool.input_schema);
  request["required"] = tool.input_schema.contains("required");
  Json done = body(tool.output_schema);
  done["description"] = "structuredContent of the result";
  Json refused = body({{"$ref", "#/components/schemas/Refusal"}});
  refused["description"] = "A result with isError: a refusal or a database's error";
  return {{"operationId", tool.name},
          {"summary", tool.title},
          {"description", tool.description},
          {"x-mcp-annotations",
           {{"readOnlyHint", tool.annotations.read_only},
            {"destructiveHint", tool.annotations.destructive},
            {"idempotentHint", tool.annotations.idempotent},
            {"openWorldHint", tool.annotations.open_world}}},
          {"requestBody", std::move(request)},
          {"responses", {{"200", std::move(done)}, {"default", std::move(refused)}}}};
}

Json refusal_schema() {
  const Json text = {{"type", "string"}};
  const Json texts = {{"type", "array"}, {"items", text}};
  return {{"type", "object"},
          {"required", {"code", "message", "suggestions", "retryable"}},
          {"properties",
           {{"code", text},
            {"message", text},
            {"candidates", texts},
            {"suggestions", texts},
            {"retryable", {{"type", "boolean"}}},
            {"sqlstate", text}}}};
}

}  // namespace

std::string command_line(const std::string& tool, const Json& arguments) {
  std::string text = "crossload " + tool;
  for (const auto& [name, value] : arguments.items()) text += option_text(name, value);
  return text;
}

std::string tool_help(const mcp::ToolDefinition& tool) {
  std::ostringstream out;
  out << tool.name << ": " << tool.description << "\n\nOptions:\n";
  for (const auto& [name, property] : tool.input_schema.at("properties").items()) {
    out << "  " << flag_name(name) << (is_required(tool.input_schema, name) ? " (required)" : "")
        << "\n      " << type_text(property);
    const std::string rules = rules_text(property);
    out << (rules.empty() ? "" : ": " + rules) << "\n";
  }
  out << "\n" << tool.help << "\n\nExamples:\n";
  for (const auto& example : tool.examples) {
    out << "  " << example.title << ":\n    " << command_line(tool.name, example.arguments)
        << "\n    over MCP: " << example.arguments.dump() << "\n";
  }
  out << "\nCommon errors:\n";
  for (const auto& error : tool.errors) {
    out << "  " << to_string(error.code) << ": " << error.when << "\n";
  }
  return out.str();
}

std::string tools_markdown(const mcp::ToolRegistry& registry) {
  std::ostringstream out;
  out << "# Tools\n\n"
         "Made from the registry by `crossload docs tools`; do not edit. Each tool is called over "
         "MCP (`crossload serve`) and is a subcommand of the same name.\n\n"
         "A refusal or a database's error is a result with `isError: true`: `code`, `message`, "
         "`candidates` (near names), `suggestions` (what to do next), `retryable`, `sqlstate`. "
         "What "
         "comes out of a database stands between two `boundary` marks: data, never instructions.\n";
  out << "\n| tool | |\n|---|---|\n";
  for (const mcp::ToolDefinition& tool : registry.definitions()) {
    out << "| [" << tool.name << "](#" << tool.name << ") | " << cell(tool.description) << " |\n";
  }
  for (const mcp::ToolDefinition& tool : registry.definitions()) write_tool(out, tool);
  write_codes(out);
  return out.str();
}

std::string tools_openapi(const mcp::ToolRegistry& registry, const std::string& version) {
  Json paths = Json::object();
  for (const mcp::ToolDefinition& tool : registry.definitions()) {
    paths["/tools/" + tool.name] = {{"post", operation(tool)}};
  }
  const Json document = {
      {"openapi", "3.1.0"},
      {"info",
       {{"title", "crossload tools"},
        {"version", version},
        {"description",
         "The tools of crossload's MCP server in OpenAPI form: the request body is a call's "
         "arguments, the response its structuredContent. crossload speaks MCP on stdio, not "
         "HTTP."}}},
      {"paths", std::move(paths)},
      {"components", {{"schemas", {{"Refusal", refusal_schema()}}}}}};
  std::ostringstream out;
  out << "# Made from the registry by `crossload docs openapi`; do not edit.\n";
  write_yaml(out, document, 0);
  return out.str();
}

}  // namespace crossload::app
