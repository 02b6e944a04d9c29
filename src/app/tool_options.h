#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "crossload/mcp/tool.h"

namespace crossload::app {

/// --kebab-name of an argument.
std::string flag_name(const std::string& argument);

/// A tool's arguments as options of a subcommand, made from its input schema.
/// Lifetime: outlives the parsing of the command line.
class ToolOptions {
 public:
  /// Adds the options to `command`. Whether an argument must be there is the tool's to say, so that
  /// a missing one is told in the same words as over MCP.
  ToolOptions(CLI::App& command, const mcp::Json& input_schema);

  /// The arguments that were given, after parsing.
  mcp::Json arguments() const;

 private:
  enum class Kind { kText, kInteger, kFlag, kObject, kTexts, kValues };
  struct Bound {
    std::string name;
    Kind kind = Kind::kText;
    CLI::Option* option = nullptr;
    std::string text;
    std::int64_t integer = 0;
    bool flag = false;
    std::vector<std::string> texts;
  };

  static void bind(CLI::App& command, Bound& bound, const mcp::Json& property);
  static mcp::Json value_of(const Bound& bound);

  std::deque<Bound> bound_;  // a deque: CLI11 keeps references to the members
};

}  // namespace crossload::app
