#include "tool_command.h"

#include <iostream>
#include <memory>
#include <optional>
#include <stop_token>

#include <unistd.h>

#include "job_follow.h"
#include "progress_display.h"
#include "result_text.h"
#include "signals.h"
#include "terminal.h"

namespace crossload::app {
namespace {

using mcp::Json;

constexpr int kFailed = 1;
constexpr int kUsage = 2;
constexpr const char* kStartTool = "start-migration-job";

/// A call from the command line: nobody can be asked, progress goes to a terminal's stderr.
class CommandContext : public mcp::ToolContext {
 public:
  explicit CommandContext(std::stop_token stop)
      : stop_(std::move(stop)), terminal_(terminal_of(STDERR_FILENO)) {}
  ~CommandContext() override { clear(); }
  CommandContext(const CommandContext&) = delete;
  CommandContext& operator=(const CommandContext&) = delete;

  std::stop_token stop() const override { return stop_; }
  void progress(double, std::optional<double>, const std::string& message) override {
    if (!terminal_.redraws) return;
    const std::size_t width = terminal_.width > 1 ? terminal_.width - 1 : message.size();
    std::cerr << "\r\x1b[K" << cut_to_width(printable(message), width) << std::flush;
    shown_ = true;
  }
  bool can_elicit() const override { return false; }
  mcp::ElicitResult elicit(const std::string&, const std::string&, const Json&) override {
    return {"cancel", Json::object()};
  }
  void clear() {
    if (shown_) std::cerr << "\r\x1b[K" << std::flush;
    shown_ = false;
  }

 private:
  const std::stop_token stop_;
  const Terminal terminal_;
  bool shown_ = false;
};

void print_json(const Json& json) {
  std::cout << json.dump(2, ' ', false, Json::error_handler_t::replace) << "\n" << std::flush;
}

int print_error(const GlobalOptions& options, const Json& error) {
  if (options.json) {
    print_json(error);
  } else {
    std::cerr << error_text(error);
    // What ran before a script stopped is worth seeing too.
    if (error.contains("statements")) {
      Json rest = error;
      for (const char* told : {"code", "message", "candidates", "suggestions", "retryable"}) {
        rest.erase(told);
      }
      std::cout << result_text(rest, terminal_of(STDOUT_FILENO).width) << std::flush;
    }
  }
  return error.value("code", std::string()) == "INVALID_ARGUMENT" ? kUsage : kFailed;
}

void print_result(const GlobalOptions& options, const Json& result) {
  if (options.json) {
    print_json(result);
  } else {
    std::cout << result_text(result, terminal_of(STDOUT_FILENO).width) << std::flush;
  }
}

std::unique_ptr<ProgressDisplay> display_for(const GlobalOptions& options) {
  if (options.json) return std::make_unique<SilentDisplay>();
  const Terminal terminal = terminal_of(STDOUT_FILENO);
  if (terminal.redraws) return std::make_unique<BarDisplay>(std::cout, terminal);
  return std::make_unique<LineDisplay>(std::cout);
}

/// The status as check-migration-status tells it, beside the answer that started the job.
Json with_final_status(const Runtime& runtime, Json started, mcp::ToolContext& context) {
  started.erase("next_steps");
  started["final_status"] =
      runtime.registry()
          .call("check-migration-status", {{"job_id", started.at("job_id")}}, context)
          .structured;
  return started;
}

int follow_started(Runtime& runtime, const GlobalOptions& options, const Json& started,
                   CommandContext& context) {
  const auto display = display_for(options);
  const jobs::JobStatus status =
      follow_job(runtime.jobs(), started.at("job_id").get<std::string>(), context.stop(), *display);
  if (options.json) {
    print_json(with_final_status(runtime, started, context));
  } else {
    std::cout << "\n" << summary_text(status, terminal_of(STDOUT_FILENO).width) << std::flush;
  }
  return exit_code_of(status);
}

int start_and_follow(const GlobalOptions& options, const Json& arguments) {
  const SignalWatcher signals;
  Runtime runtime(options, LogLevel::kOff);
  CommandContext context(signals.stop());
  const mcp::ToolResult started = runtime.registry().call(kStartTool, arguments, context);
  context.clear();
  if (started.is_error) return print_error(options, started.structured);
  if (!options.json) {
    std::cout << started.structured.at("message").get<std::string>() << "\njob "
              << started.structured.at("job_id").get<std::string>() << "\n"
              << std::flush;
  }
  return follow_started(runtime, options, started.structured, context);
}

}  // namespace

int run_tool(const GlobalOptions& options, const std::string& tool, const Json& arguments) {
  if (tool == kStartTool) return start_and_follow(options, arguments);
  const SignalWatcher signals;
  const Runtime runtime(options, LogLevel::kWarning);
  CommandContext context(signals.stop());
  const mcp::ToolResult result = runtime.registry().call(tool, arguments, context);
  context.clear();
  if (result.is_error) return print_error(options, result.structured);
  print_result(options, result.structured);
  return 0;
}

int run_migrate(const GlobalOptions& options, const Json& arguments) {
  return start_and_follow(options, arguments);
}

}  // namespace crossload::app
