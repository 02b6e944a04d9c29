#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "crossload/base/clock.h"
#include "crossload/base/log.h"
#include "crossload/driver/driver.h"
#include "crossload/jobs/job.h"
#include "crossload/mcp/tool.h"
#include "crossload/tools/services.h"

#include "config/config.h"

namespace crossload::app {

/// What is given before any subcommand's own arguments.
struct GlobalOptions {
  std::optional<std::filesystem::path> config;
  std::string log_level;  ///< Empty: the subcommand's default.
  bool json = false;
};

/// Everything a subcommand that works with databases needs, wired up. Lifetime: the command's.
class Runtime {
 public:
  /// Throws: Error kInvalidArgument for anything wrong in the configuration.
  Runtime(const GlobalOptions& options, LogLevel default_level);

  const mcp::ToolRegistry& registry() const { return registry_; }
  jobs::JobManager& jobs() { return *jobs_; }
  const tools::Services& services() const { return services_; }
  std::shared_ptr<Logger> log() const { return log_; }
  /// Cancels what runs (it stays resumable) and waits for it; no tool may be called afterwards.
  void stop_jobs() { jobs_.reset(); }

 private:
  SystemClock clock_;
  std::shared_ptr<Logger> log_;
  Config config_;
  tools::ProfileSet profiles_;
  driver::DriverSet drivers_;
  std::unique_ptr<jobs::JobManager> jobs_;  // behind what its jobs use
  tools::Services services_;
  mcp::ToolRegistry registry_;
};

/// The tools with nothing behind them: for schemas, help and documentation. The annotations are
/// those of a configuration that grants everything.
const mcp::ToolRegistry& tool_catalogue();

}  // namespace crossload::app
