#pragma once

#include <filesystem>

#include "crossload/driver/catalog.h"

#include "introspect.h"
#include "session.h"

namespace crossload::driver::sqlite {

/// The catalog of one database file. Lifetime: not longer than the session.
class SqliteCatalog : public Catalog {
 public:
  SqliteCatalog(Session& session, std::filesystem::path file)
      : session_(session), file_(std::move(file)) {}

  std::vector<TableSummary> list_tables(const std::string& schema) override;
  TableName find(std::string_view text) override;
  Table describe(const TableName& table) override;
  std::vector<ForeignKey> incoming_foreign_keys(const TableName& table) override;
  Schema load_schema() override;
  std::uint64_t count_rows(const TableName& table) override;
  std::optional<ResumeKey> resume_key(const Table& table) override;
  std::optional<std::int64_t> last_identity(const TableName& table) override;
  std::string fingerprint() override;
  std::vector<DatabaseSetting> database_settings() override;

 private:
  ListedTable listed(std::string_view text);

  Session& session_;
  std::filesystem::path file_;
};

}  // namespace crossload::driver::sqlite
