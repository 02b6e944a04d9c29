#pragma once

#include <optional>
#include <string>
#include <vector>

#include <libpq-fe.h>

#include "crossload/driver/catalog.h"

#include "session.h"

namespace crossload::driver::postgres {

/// What one database holds, asked anew with every call.
class PostgresCatalog : public Catalog {
 public:
  explicit PostgresCatalog(Session& session) : session_(session) {}

  std::vector<TableSummary> list_tables(const std::string& schema) override;
  std::vector<std::string> list_schemas() override;
  std::string default_schema() override { return session_.default_schema(); }
  TableName find(std::string_view text) override;
  Table describe(const TableName& table) override;
  std::vector<ForeignKey> incoming_foreign_keys(const TableName& table) override;
  Schema load_schema() override;
  std::uint64_t count_rows(const TableName& table) override;
  std::optional<ResumeKey> resume_key(const Table& table) override;
  std::optional<std::int64_t> last_identity(const TableName& table) override;
  std::string fingerprint() override;

 private:
  struct Found {
    Oid oid = 0;
    TableName name;
  };

  std::optional<Found> look_up(const TableName& name);
  /// Throws: Error kTableNotFound.
  Found found(const TableName& name);
  Error not_found(const std::string& wanted);

  Session& session_;
};

}  // namespace crossload::driver::postgres
