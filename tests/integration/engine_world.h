#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "mcp_session.h"
#include "temp_folder.h"
#include "test_database.h"

namespace crossload::testing {

/// A configuration over one server, with a small shop database and an empty database there, and a
/// session of the program. Profiles: `reader`, `writer`, `trimmer` (write and truncate), `boss`
/// (write, truncate, drop), `narrow` (read, the shop database alone), `otherhost` (as boss, the
/// host spelled differently), `poor` (write, a user with no right on `orders`), `wrongpw` (that
/// user with another password), `dead` (no server there), `nohost`, `tls` (TLS or nothing), `files`
/// (SQLite, all powers).
class EngineWorld {
 public:
  explicit EngineWorld(Place place);
  EngineWorld(const EngineWorld&) = delete;
  EngineWorld& operator=(const EngineWorld&) = delete;
  ~EngineWorld();

  bool is_postgres() const { return place_ == Place::kPostgres; }
  Place place() const { return place_; }
  const TestDatabase& shop() const { return shop_; }
  const TestDatabase& target() const { return target_; }
  const TempFolder& folder() const { return folder_; }
  std::filesystem::path state() const { return folder_ / "state"; }
  McpSession& mcp() { return *session_; }
  void restart();

  /// A call about the shop database.
  Json call(const std::string& tool, const std::string& profile, const Json& more = Json::object());
  Json query(const std::string& sql, const Json& more = Json::object());
  Json execute(const std::string& profile, const std::string& sql,
               const Json& more = Json::object());
  /// start-migration-job from the shop database into the empty one.
  Json start(const Json& more);
  /// The n-th parameter's marker.
  std::string marker(int n) const { return is_postgres() ? "$" + std::to_string(n) : "?"; }
  /// An expression that takes half a minute.
  std::string slow() const { return is_postgres() ? "pg_sleep(30)" : "SLEEP(30)"; }
  /// How many sessions other than the shell's own run a statement with this in it.
  std::string running(const std::string& part) const;

  static constexpr const char* kPassword = "hunter2-7c1d-never-shown";

 private:
  Place place_;
  TestDatabase shop_;
  TestDatabase target_;
  TempFolder folder_;
  std::string poor_user_;
  std::unique_ptr<McpSession> session_;
};

}  // namespace crossload::testing
