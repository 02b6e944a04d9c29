#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crossload/base/clock.h"
#include "crossload/base/log.h"
#include "crossload/driver/driver.h"
#include "crossload/jobs/job.h"
#include "crossload/mcp/tool.h"

namespace crossload::tools {

/// A configured connection and what may be done through it.
struct Profile {
  driver::Endpoint endpoint;  ///< endpoint.profile is its name.
  driver::Access access = driver::Access::kReadOnly;
  bool allow_truncate = false;
  bool allow_drop = false;
};

/// The profiles of the configuration, in its order.
class ProfileSet {
 public:
  explicit ProfileSet(std::vector<Profile> profiles) : profiles_(std::move(profiles)) {}
  const std::vector<Profile>& all() const { return profiles_; }
  /// Throws: Error kProfileNotFound with the nearest names.
  const Profile& get(std::string_view name) const;

 private:
  std::vector<Profile> profiles_;
};

/// What every tool works with. Lifetime: all outlive the registry.
struct Services {
  const ProfileSet* profiles = nullptr;
  const driver::DriverSet* drivers = nullptr;
  jobs::JobManager* jobs = nullptr;
  std::filesystem::path state_dir;  ///< Absolute.
  const Clock* clock = nullptr;
  std::shared_ptr<Logger> log;
};

/// Adds the thirteen tools in the order of docs/tools.md.
void register_tools(mcp::ToolRegistry& registry, const Services& services);

}  // namespace crossload::tools
