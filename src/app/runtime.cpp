#include "runtime.h"

#include <utility>
#include <vector>

#include "crossload/driver_mysql/mysql_driver.h"
#include "crossload/driver_postgres/postgres_driver.h"
#include "crossload/driver_sqlite/sqlite_driver.h"

namespace crossload::app {
namespace {

LogLevel level_of(const GlobalOptions& options, LogLevel default_level) {
  return parse_log_level(options.log_level).value_or(default_level);
}

Config load(const GlobalOptions& options) {
  const Variables variables = process_variables();
  return load_config(find_config(options.config, variables, std::filesystem::current_path()),
                     variables);
}

mcp::ToolRegistry make_catalogue() {
  tools::Profile everything;
  everything.access = driver::Access::kReadWrite;
  everything.allow_truncate = true;
  everything.allow_drop = true;
  static const tools::ProfileSet profiles({everything});
  tools::Services services;
  services.profiles = &profiles;
  mcp::ToolRegistry registry;
  tools::register_tools(registry, services);
  return registry;
}

}  // namespace

Runtime::Runtime(const GlobalOptions& options, LogLevel default_level)
    : log_(Logger::to_stderr(level_of(options, default_level), clock_)),
      config_(load(options)),
      profiles_(config_.profiles) {
  for (const std::string& warning : config_.warnings) log_->warning(warning);
  drivers_.add(driver::make_sqlite_driver());
  drivers_.add(driver::make_postgres_driver());
  drivers_.add(driver::make_mysql_driver());
  jobs_ = std::make_unique<jobs::JobManager>(config_.state_dir, clock_, log_);
  services_ = {.profiles = &profiles_,
               .drivers = &drivers_,
               .jobs = jobs_.get(),
               .state_dir = config_.state_dir,
               .clock = &clock_,
               .log = log_};
  tools::register_tools(registry_, services_);
}

const mcp::ToolRegistry& tool_catalogue() {
  static const mcp::ToolRegistry registry = make_catalogue();
  return registry;
}

}  // namespace crossload::app
