#pragma once

#include <string>

#include "crossload/driver/load_session.h"

#include "session.h"

namespace crossload::driver::postgres {

/// The settings of a session while it loads rows. Triggers and foreign keys do not act for a
/// session in the role of a replica; where the user may not take it, or triggers are to fire,
/// foreign keys are dropped from each table that is written and made again at the end.
class PostgresLoadSession : public LoadSession {
 public:
  PostgresLoadSession(Session& session, const LoadOptions& options);
  ~PostgresLoadSession() override;
  PostgresLoadSession(const PostgresLoadSession&) = delete;
  PostgresLoadSession& operator=(const PostgresLoadSession&) = delete;

  void empty_table(const TableName& table) override;
  void advance_identity(const Table& table, std::optional<std::int64_t> at_least) override;
  FkReport check_foreign_keys(const std::vector<TableName>& tables,
                              const std::function<void(const FkOrphan&)>& found) override;
  void finish() override;

 private:
  bool take_role();
  void make_durable();
  void restore() noexcept;

  Session& session_;
  bool relaxed_;
  bool active_ = false;
  bool took_role_ = false;
  std::string role_;                ///< session_replication_role before.
  std::string synchronous_commit_;  ///< Before.
};

}  // namespace crossload::driver::postgres
