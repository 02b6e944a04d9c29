#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "mcp_session.h"
#include "sqlite_compare.h"
#include "temp_folder.h"

namespace crossload::testing {

/// A configuration with a small database behind it. Profiles: `reader` (read), `writer` (write) and
/// `boss` (write, truncate and drop) over the folder data/; `lost` (a folder that is not there);
/// `secretive` (PostgreSQL with a password that nothing may ever print).
class ToolWorld {
 public:
  ToolWorld();

  std::filesystem::path config() const { return folder_.path() / "crossload.json"; }
  std::filesystem::path data(const std::string& name) const {
    return folder_.path() / "data" / name;
  }
  std::filesystem::path state() const { return folder_.path() / "state"; }
  std::filesystem::path log() const { return folder_.path() / "stderr"; }
  const TempFolder& folder() const { return folder_; }
  /// The session, begun on first use.
  McpSession& mcp();
  void end_session() { session_.reset(); }

  /// start-migration-job from `source` to `target` with more arguments.
  Json start(const std::string& source, const std::string& target, const Json& more);
  /// The same, followed to its end.
  Json migrate(const std::string& source, const std::string& target, const Json& more);

  static constexpr const char* kPassword = "hunter2-9f3a-never-shown";

 private:
  TempFolder folder_;
  std::unique_ptr<McpSession> session_;
};

/// {"profile_name","database_name"} with more members.
Json on(const std::string& profile, const std::string& database, const Json& more = Json::object());

}  // namespace crossload::testing
