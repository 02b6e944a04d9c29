#include "catalog.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

#include "crossload/base/strings.h"

#include "fingerprint.h"
#include "introspect_keys.h"
#include "key_facts.h"
#include "last_identity.h"
#include "queries.h"
#include "sql_text.h"

namespace crossload::driver::mysql {
namespace {

// "shop.t" means t in the database shop, unless there is a table of that very name.
std::string_view without_schema(std::string_view text, const std::string& database) {
  const std::string lead = database + ".";
  return text.starts_with(lead) ? text.substr(lead.size()) : text;
}

bool can_be_key(const Table& table, const Index& index) {
  if (!index.unique || !index.method.empty()) return false;
  return std::all_of(index.parts.begin(), index.parts.end(), [&](const IndexPart& part) {
    const Column* column = table.find_column(part.column);
    if (column == nullptr || column->nullable || part.prefix_length) return false;
    const std::string declared = ascii_lower(column->type.declared);
    return is_exact_key(declared.substr(0, declared.find_first_of("( ")));
  });
}

std::vector<std::string> columns_of(const Index& index) {
  std::vector<std::string> columns;
  for (const IndexPart& part : index.parts) columns.push_back(part.column);
  return columns;
}

std::int64_t number(const std::optional<std::string>& text) {
  std::int64_t value = 0;
  if (text) std::from_chars(text->data(), text->data() + text->size(), value);
  return value;
}

void add_views(Session& session, Schema& schema) {
  for (const TextRow& row : session.ask(for_table(session, queries::kViews, "", nullptr))) {
    View view;
    view.name.name = row[0].value_or("");
    view.sql = create_text(session, "VIEW", view.name.name, 1);
    if (view.sql.empty()) {
      view.sql = "CREATE VIEW " + quote(view.name.name) + " AS " + row[1].value_or("");
    }
    schema.views.push_back(std::move(view));
  }
}

void add_routines(Session& session, Schema& schema) {
  for (const TextRow& row : session.ask(for_table(session, queries::kRoutines, "", nullptr))) {
    Routine routine;
    routine.name.name = row[0].value_or("");
    routine.is_function = row[1] == "FUNCTION";
    routine.sql = create_text(session, row[1].value_or(""), routine.name.name, 2);
    if (routine.sql.empty()) routine.sql = row[2].value_or("");
    schema.routines.push_back(std::move(routine));
  }
}

void add_events(Session& session, Schema& schema) {
  constexpr std::size_t kCreateColumn = 3;
  for (const TextRow& row : session.ask(for_table(session, queries::kEvents, "", nullptr))) {
    const std::string name = row[0].value_or("");
    schema.engine_objects.push_back(
        {"event", name, {}, create_text(session, "EVENT", name, kCreateColumn)});
  }
}

// MariaDB only.
void add_packages(Session& session, Schema& schema) {
  for (const TextRow& row : session.ask(for_table(session, queries::kPackages, "", nullptr))) {
    const std::string name = row[0].value_or("");
    const std::string type = row[1].value_or("");
    schema.engine_objects.push_back(
        {ascii_lower(type), name, {}, create_text(session, type, name, 2)});
  }
}

/// The mode that a trigger or routine was made in is its own.
void add_modes(Session& session, Schema& schema) {
  for (const TextRow& row : session.ask(for_table(session, queries::kModes, "", nullptr))) {
    const std::string mode = row[3].value_or("");
    schema.engine_objects.push_back({"sql_mode",
                                     row[0].value_or("") + " " + row[1].value_or(""),
                                     {{}, row[2].value_or("")},
                                     "SET SESSION sql_mode = " + session.literal(mode)});
  }
}

// MariaDB only.
void add_sequence(Session& session, const std::string& name, Schema& schema) {
  Sequence sequence;
  sequence.name.name = name;
  sequence.sql = create_text(session, "SEQUENCE", name, 1);
  const auto rows =
      session.ask("SELECT start_value, increment, next_not_cached_value FROM " + quote(name));
  if (!rows.empty()) {
    sequence.start = number(rows[0][0]);
    sequence.increment = number(rows[0][1]);
    const std::int64_t next = number(rows[0][2]);
    if (next != sequence.start) sequence.last_value = next - sequence.increment;
  }
  schema.sequences.push_back(std::move(sequence));
}

}  // namespace

std::string MysqlCatalog::found_name(std::string_view text) {
  const std::string_view bare = without_schema(text, session_.database());
  // To list one table takes the server a fraction of what all of a large schema take.
  for (const std::string& wanted : {std::string(text), std::string(bare)}) {
    const std::vector<ListedTable> found = listed_tables(session_, &wanted);
    if (!found.empty() && !found.front().is_sequence()) return wanted;
  }
  const std::vector<ListedTable> tables = listed_tables(session_);
  for (const std::string_view wanted : {text, bare}) {
    for (const ListedTable& table : tables) {
      const bool same = session_.capabilities().folds_table_names
                            ? ascii_iequals(table.name, wanted)
                            : table.name == wanted;
      if (same && !table.is_sequence()) return table.name;
    }
  }
  std::vector<std::string> names;
  for (const ListedTable& table : tables) names.push_back(table.name);
  throw Error(ErrorCode::kTableNotFound, "there is no table or view " + utf8_lossy(text) +
                                             " in database " + utf8_lossy(session_.database()) +
                                             " that the user may see")
      .candidates(nearest_names(bare, names));
}

std::vector<TableSummary> MysqlCatalog::list_tables(const std::string& schema) {
  session_.start_operation();
  std::vector<TableSummary> summaries;
  if (!schema.empty() && schema != session_.database()) return summaries;
  for (const ListedTable& table : listed_tables(session_)) {
    if (table.is_sequence()) continue;
    TableSummary& summary = summaries.emplace_back();
    summary.name.name = table.name;
    summary.kind = table.is_view() ? "view" : "table";
    if (table.is_view()) continue;
    summary.estimated_rows = table.rows;
    summary.bytes = table.bytes;
  }
  return summaries;
}

TableName MysqlCatalog::find(std::string_view text) {
  session_.start_operation();
  return {{}, found_name(text)};
}

Table MysqlCatalog::describe(const TableName& table) {
  session_.start_operation();
  const std::string name = found_name(table.display());
  std::vector<Table> tables = tables_of(session_, &name, true);
  // Dropped between the two questions.
  if (tables.empty()) {
    throw Error(ErrorCode::kTableNotFound, "there is no table or view " + utf8_lossy(name));
  }
  return std::move(tables.front());
}

std::vector<ForeignKey> MysqlCatalog::incoming_foreign_keys(const TableName& table) {
  session_.start_operation();
  return foreign_keys_to(session_, found_name(table.display()));
}

Schema MysqlCatalog::load_schema() {
  session_.start_operation();
  Schema schema;
  schema.engine = Engine::kMysql;
  schema.tables = tables_of(session_, nullptr, false);
  add_views(session_, schema);
  add_routines(session_, schema);
  add_events(session_, schema);
  add_packages(session_, schema);
  add_modes(session_, schema);
  for (const ListedTable& table : listed_tables(session_)) {
    if (table.is_sequence()) add_sequence(session_, table.name, schema);
  }
  return schema;
}

std::uint64_t MysqlCatalog::count_rows(const TableName& table) {
  session_.start_operation();
  const auto rows = session_.ask_one("SELECT COUNT(*) FROM " + quote(found_name(table.display())));
  return static_cast<std::uint64_t>(number(rows));
}

std::optional<ResumeKey> MysqlCatalog::resume_key(const Table& table) {
  for (const Index& index : table.indexes) {
    const bool primary = index.origin == IndexOrigin::kPrimaryKey;
    if (primary && can_be_key(table, index)) return ResumeKey{columns_of(index), false};
  }
  for (const Index& index : table.indexes) {
    if (can_be_key(table, index)) return ResumeKey{columns_of(index), false};
  }
  return std::nullopt;
}

std::optional<std::int64_t> MysqlCatalog::last_identity(const TableName& table) {
  session_.start_operation();
  return mysql::last_identity(session_, found_name(table.display()));
}

std::string MysqlCatalog::fingerprint() {
  session_.start_operation();
  return mysql::fingerprint(session_);
}

}  // namespace crossload::driver::mysql
