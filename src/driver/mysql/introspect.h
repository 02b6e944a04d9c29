#pragma once

#include <string>
#include <vector>

#include "crossload/model/schema.h"

#include "session.h"

namespace crossload::driver::mysql {

struct ListedTable {
  std::string name;
  std::string type;  ///< "BASE TABLE", "VIEW", "SEQUENCE", ...
  std::string engine;
  std::string collation;
  std::string comment;
  std::optional<std::uint64_t> rows;
  std::optional<std::uint64_t> bytes;
  std::optional<std::uint64_t> next_identity;

  bool is_view() const { return type == "VIEW"; }
  bool is_sequence() const { return type == "SEQUENCE"; }
};

/// What the session's database holds, sorted by name, without the ledger. `only`: that table alone.
std::vector<ListedTable> listed_tables(Session& session, const std::string* only = nullptr);

/// The tables (and, with `views`, the views as tables) of the database, all by a few queries;
/// `only`: that one alone.
std::vector<Table> tables_of(Session& session, const std::string* only, bool views);

/// What "SHOW CREATE what name" says in that column; empty where the user may not see it, or the
/// object is broken.
std::string create_text(Session& session, const std::string& what, const std::string& name,
                        std::size_t column);

/// Keys of all tables of the server that the user sees pointing at the table.
std::vector<ForeignKey> foreign_keys_to(Session& session, const std::string& table);

}  // namespace crossload::driver::mysql
