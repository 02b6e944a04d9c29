#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crossload/driver/catalog.h"
#include "crossload/model/schema.h"

#include "session.h"

namespace crossload::driver::sqlite {

/// A table or view as PRAGMA table_list tells of it.
struct ListedTable {
  std::string name;
  std::string type;  ///< "table", "view", "virtual", "shadow".
  bool without_rowid = false;
  bool strict = false;
  std::string sql;

  bool is_view() const { return type == "view"; }
};

/// Tables and views by name; SQLite's own and the ledger left out.
std::vector<ListedTable> listed_tables(Session& session);

/// Everything about one of them. Of a view, its columns.
Table describe(Session& session, const ListedTable& listed);

/// The collation a column was declared with; "BINARY" where none was.
std::string collation_of(Session& session, const std::string& table, const std::string& column);

/// The triggers on a table or view, in the order they were made.
std::vector<Trigger> triggers_of(Session& session, const std::string& table);

/// The column that is another name of the rowid; nullptr where there is none.
const Column* rowid_column(const Table& table);

/// The name by which SQL reaches the rowid; empty where the table has none or columns hide all
/// three.
std::string rowid_name(const Table& table);

/// The virtual table that owns a shadow table; empty where none does.
std::string owner_of_shadow(const std::string& shadow, const std::vector<ListedTable>& all);

/// A declared type as the model holds it.
LogicalType logical_type(const std::string& declared, bool strict);

}  // namespace crossload::driver::sqlite
