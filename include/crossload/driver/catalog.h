#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crossload/model/schema.h"

namespace crossload::driver {

/// The table in the target database that holds the positions of running jobs. Catalogs never list
/// it.
inline constexpr std::string_view kLedgerTable = "crossload_ledger";

struct TableSummary {
  TableName name;
  std::string kind;  ///< "table", "view", "virtual", "shadow", "materialized_view".
  std::optional<std::uint64_t> estimated_rows;
  std::optional<std::uint64_t> bytes;
};

/// A property of a whole database that its tables do not show, as the engine spells it.
struct DatabaseSetting {
  std::string name;
  std::string value;
};

/// The order in which a table is read and in which reading can go on after a given row.
struct ResumeKey {
  std::vector<std::string> columns;  ///< As SQL may name them ("rowid" and the like included).
  bool implicit =
      false;  ///< Not a declared column: a rewrite of the source (VACUUM) may renumber it.
};

/// What a database holds. System objects and crossload's own ledger are never shown.
/// Names given are matched as the engine does. Throws: Error kTableNotFound with the nearest names.
class Catalog {
 public:
  virtual ~Catalog() = default;
  /// Tables and views by name; `schema` empty: all schemas.
  virtual std::vector<TableSummary> list_tables(const std::string& schema) = 0;
  /// A table as a caller wrote it ("t" or "schema.t"), found.
  virtual TableName find(std::string_view text) = 0;
  virtual Table describe(const TableName& table) = 0;
  /// Keys of other tables (and its own) that point at the table.
  virtual std::vector<ForeignKey> incoming_foreign_keys(const TableName& table) = 0;
  /// Everything, for plans and schema copies.
  virtual Schema load_schema() = 0;
  /// Exact; reads the table or its smallest index.
  virtual std::uint64_t count_rows(const TableName& table) = 0;
  /// nullopt: the table can only be read from its beginning.
  virtual std::optional<ResumeKey> resume_key(const Table& table) = 0;
  /// The last number the table's identity column handed out, where the engine keeps it.
  virtual std::optional<std::int64_t> last_identity(const TableName& table) = 0;
  /// A text that differs when the data may have changed since; empty where the engine cannot tell.
  virtual std::string fingerprint() = 0;
  /// What a copy of the database should be given when it is made (SQLite: encoding, page_size,
  /// auto_vacuum, application_id, user_version); see ConnectOptions::settings.
  virtual std::vector<DatabaseSetting> database_settings() { return {}; }
  /// The schemas that list_tables() takes, the default one by its own name; empty where the engine
  /// has none within a database.
  virtual std::vector<std::string> list_schemas() { return {}; }
  /// What the schema is called whose tables have an empty TableName::schema; empty where the engine
  /// has no schemas within a database.
  virtual std::string default_schema() { return {}; }
};

}  // namespace crossload::driver
