#include "cli.h"

#include <deque>
#include <functional>
#include <iostream>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "crossload/base/strings.h"

#include "result_text.h"
#include "runtime.h"
#include "serve_command.h"
#include "tool_command.h"
#include "tool_docs.h"
#include "tool_options.h"
#include "version.h"

namespace crossload::app {
namespace {

constexpr int kFailed = 1;
constexpr int kUsage = 2;

/// The subcommands and what each does once the line has been parsed.
class CommandLine {
 public:
  CommandLine();
  int run(int argc, char** argv);

 private:
  void add_globals();
  void add_serve();
  void add_migrate();
  void add_tools();
  void add_help();
  void add_docs();
  int refuse_extras() const;
  void add(CLI::App* command, std::function<int()> action) {
    actions_.emplace_back(command, std::move(action));
  }

  CLI::App app_{"Migrates whole databases, driven by an agent over MCP or from this command line.",
                "crossload"};
  GlobalOptions globals_;
  std::string config_;
  std::string topic_;
  std::string document_;
  std::deque<ToolOptions> options_;
  std::vector<std::pair<CLI::App*, std::function<int()>>> actions_;
};

CommandLine::CommandLine() {
  app_.require_subcommand(1);
  app_.fallthrough();
  app_.set_version_flag("--version", std::string("crossload ") + kVersion);
  add_globals();
  add_serve();
  add_migrate();
  add_tools();
  add_help();
  add_docs();
  app_.footer("crossload help TOOL tells more: arguments, examples, common errors.");
}

void CommandLine::add_globals() {
  app_.add_option("--config", config_,
                  "Configuration file (else $CROSSLOAD_CONFIG, ./crossload.json, "
                  "$XDG_CONFIG_HOME/crossload/config.json)");
  app_.add_option("--log-level", globals_.log_level, "Of the JSON log lines on stderr")
      ->check(CLI::IsMember({"debug", "info", "warning", "error", "off"}));
  app_.add_flag("--json", globals_.json, "Print the result as JSON, not as a table");
}

void CommandLine::add_serve() {
  add(app_.add_subcommand("serve", "Be an MCP server on stdin and stdout"),
      [this] { return serve(globals_); });
}

void CommandLine::add_migrate() {
  CLI::App* command = app_.add_subcommand(
      "migrate", "Start or resume a migration, show its progress, print a summary");
  const mcp::ToolDefinition& tool = *tool_catalogue().find("start-migration-job");
  const ToolOptions& options = options_.emplace_back(*command, tool.input_schema);
  add(command, [this, &options] { return run_migrate(globals_, options.arguments()); });
}

void CommandLine::add_tools() {
  for (const mcp::ToolDefinition& tool : tool_catalogue().definitions()) {
    CLI::App* command = app_.add_subcommand(tool.name, tool.description);
    const ToolOptions& options = options_.emplace_back(*command, tool.input_schema);
    add(command,
        [this, &tool, &options] { return run_tool(globals_, tool.name, options.arguments()); });
  }
}

void CommandLine::add_help() {
  CLI::App* command = app_.add_subcommand("help", "Tell more about a tool or a command");
  command->add_option("topic", topic_, "A tool or command");
  add(command, [this] {
    if (topic_.empty()) {
      std::cout << app_.help();
      return 0;
    }
    if (const mcp::ToolDefinition* tool = tool_catalogue().find(topic_)) {
      std::cout << tool_help(*tool);
      return 0;
    }
    std::vector<std::string> names;
    for (const auto& [known, unused] : actions_) {
      if (known->get_name() == topic_) {
        std::cout << known->help();
        return 0;
      }
      names.push_back(known->get_name());
    }
    std::cerr << "there is no tool or command '" << topic_ << "'";
    const std::vector<std::string> near = nearest_names(topic_, names);
    if (!near.empty()) std::cerr << "; did you mean " << near.front() << "?";
    std::cerr << "\n";
    return kUsage;
  });
}

void CommandLine::add_docs() {
  CLI::App* command = app_.add_subcommand("docs", "Print a generated document");
  command->group("");
  command->add_option("document", document_)
      ->required()
      ->check(CLI::IsMember({"tools", "openapi"}));
  add(command, [this] {
    std::cout << (document_ == "tools" ? tools_markdown(tool_catalogue())
                                       : tools_openapi(tool_catalogue(), kVersion));
    return 0;
  });
}

/// Names what was not expected, and what was perhaps meant.
int CommandLine::refuse_extras() const {
  const std::vector<std::string> extras = app_.remaining(true);
  const std::string extra = extras.empty() ? std::string() : extras.front();
  std::vector<std::string> known;
  const bool is_option = extra.rfind("--", 0) == 0;
  for (const auto& [command, unused] : actions_) {
    if (!is_option) known.push_back(command->get_name());
    if (!is_option || !command->parsed()) continue;
    for (const CLI::Option* option : command->get_options()) {
      for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
    }
  }
  std::cerr << "not expected: " << extra;
  const std::vector<std::string> near = nearest_names(extra, known);
  if (!near.empty()) std::cerr << "; did you mean " << near.front() << "?";
  std::cerr << "\nRun with --help for more.\n";
  return kUsage;
}

int CommandLine::run(int argc, char** argv) {
  try {
    app_.parse(argc, argv);
  } catch (const CLI::ExtrasError&) {
    return refuse_extras();
  } catch (const CLI::ParseError& error) {
    return app_.exit(error) == 0 ? 0 : kUsage;
  }
  if (!config_.empty()) globals_.config = config_;
  for (const auto& [command, action] : actions_) {
    if (command->parsed()) return action();
  }
  return kUsage;
}

}  // namespace

int run_cli(int argc, char** argv) {
  try {
    return CommandLine().run(argc, argv);
  } catch (const Error& error) {
    // What a tool refuses comes back as its result; this is the configuration or the machine.
    std::cerr << error_text(mcp::error_object(error));
    return error.code() == ErrorCode::kInvalidArgument ? kUsage : kFailed;
  } catch (const std::exception& error) {
    std::cerr << "error: " << error.what() << "\n";
    return kFailed;
  }
}

}  // namespace crossload::app
