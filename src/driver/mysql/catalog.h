#pragma once

#include <string>
#include <vector>

#include "crossload/driver/catalog.h"

#include "introspect.h"
#include "session.h"

namespace crossload::driver::mysql {

/// What the session's database holds; see driver::Catalog.
class MysqlCatalog : public Catalog {
 public:
  explicit MysqlCatalog(Session& session) : session_(session) {}

  std::vector<TableSummary> list_tables(const std::string& schema) override;
  std::vector<std::string> list_schemas() override { return {session_.database()}; }
  std::string default_schema() override { return session_.database(); }
  TableName find(std::string_view text) override;
  Table describe(const TableName& table) override;
  std::vector<ForeignKey> incoming_foreign_keys(const TableName& table) override;
  Schema load_schema() override;
  std::uint64_t count_rows(const TableName& table) override;
  std::optional<ResumeKey> resume_key(const Table& table) override;
  std::optional<std::int64_t> last_identity(const TableName& table) override;
  std::string fingerprint() override;

 private:
  std::string found_name(std::string_view text);

  Session& session_;
};

}  // namespace crossload::driver::mysql
