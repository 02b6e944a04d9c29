#pragma once

#include "crossload/driver/load_session.h"

#include "session.h"

namespace crossload::driver::mysql {

/// Loading with foreign_key_checks off; see driver::LoadSession. Triggers cannot be switched off
/// here, and nothing is set that goes beyond the session, so relaxed durability changes nothing.
class MysqlLoadSession : public LoadSession {
 public:
  MysqlLoadSession(Session& session, const LoadOptions& options);
  ~MysqlLoadSession() override;
  MysqlLoadSession(const MysqlLoadSession&) = delete;
  MysqlLoadSession& operator=(const MysqlLoadSession&) = delete;

  void empty_table(const TableName& table) override;
  /// By ALTER TABLE, which commits: not inside a transaction.
  void advance_identity(const Table& table, std::optional<std::int64_t> at_least) override;
  FkReport check_foreign_keys(const std::vector<TableName>& tables,
                              const std::function<void(const FkOrphan&)>& found) override;
  std::vector<SavedTrigger> save_triggers(const TableName& table) override;
  void drop_trigger(const SavedTrigger& trigger) override;
  void restore_trigger(const SavedTrigger& trigger) override;
  void finish() override;

 private:
  void restore() noexcept;

  Session& session_;
  bool active_ = false;
};

}  // namespace crossload::driver::mysql
