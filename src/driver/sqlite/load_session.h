#pragma once

#include <filesystem>
#include <optional>

#include "crossload/driver/load_session.h"

#include "session.h"

namespace crossload::driver::sqlite {

/// The settings of a session while it loads rows.
class SqliteLoadSession : public LoadSession {
 public:
  SqliteLoadSession(Session& session, std::filesystem::path file, const LoadOptions& options);
  ~SqliteLoadSession() override;
  SqliteLoadSession(const SqliteLoadSession&) = delete;
  SqliteLoadSession& operator=(const SqliteLoadSession&) = delete;

  void empty_table(const TableName& table) override;
  bool attach(const Database& source) override;
  std::optional<std::uint64_t> copy_whole(const Table& from, const Table& to) override;
  void advance_identity(const Table& table, std::optional<std::int64_t> at_least) override;
  FkReport check_foreign_keys(const std::vector<TableName>& tables,
                              const std::function<void(const FkOrphan&)>& found) override;
  void finish() override;

 private:
  void restore() noexcept;
  void detach() noexcept;

  Session& session_;
  std::filesystem::path file_;
  bool relaxed_;
  bool active_ = false;
  bool attached_ = false;
  std::int64_t foreign_keys_ = 0;
  std::int64_t synchronous_ = 0;
  std::int64_t cache_size_ = 0;
};

}  // namespace crossload::driver::sqlite
