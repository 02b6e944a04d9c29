#include "catalog.h"

#include <utility>

#include "crossload/base/strings.h"

#include "ddl_parser.h"
#include "fingerprint.h"
#include "introspect_keys.h"
#include "own_query.h"
#include "queries.h"
#include "settings.h"
#include "sql_text.h"
#include "table_size.h"

namespace crossload::driver::sqlite {
namespace {

bool in_main_schema(std::string_view schema) {
  return schema.empty() || ascii_iequals(schema, "main");
}

// "main.t" means t, unless there is a table of that very name.
std::string_view without_schema(std::string_view text) {
  constexpr std::string_view kMain = "main.";
  return ascii_iequals(text.substr(0, kMain.size()), kMain) ? text.substr(kMain.size()) : text;
}

const ListedTable* find_by_name(const std::vector<ListedTable>& tables, std::string_view name) {
  for (const ListedTable& table : tables) {
    if (ascii_iequals(table.name, name)) return &table;
  }
  return nullptr;
}

// A virtual table whose module or tokenizer this process lacks has no columns to tell, and must not
// keep the rest of the schema from being carried.
Table describe_for_schema(Session& session, const ListedTable& listed) {
  try {
    return sqlite::describe(session, listed);
  } catch (const Error& error) {
    if (listed.type != "virtual" || error.code() != ErrorCode::kSqlError) throw;
  }
  Table table;
  table.name.name = listed.name;
  table.kind = TableKind::kVirtual;
  table.sql = listed.sql;
  return table;
}

}  // namespace

ListedTable SqliteCatalog::listed(std::string_view text) {
  std::vector<ListedTable> tables = listed_tables(session_);
  const ListedTable* found = find_by_name(tables, text);
  if (found == nullptr) found = find_by_name(tables, without_schema(text));
  if (found != nullptr) return *found;
  std::vector<std::string> names;
  for (ListedTable& table : tables) names.push_back(std::move(table.name));
  throw Error(ErrorCode::kTableNotFound,
              "there is no table or view " + utf8_lossy(text) + " in " + file_.filename().string())
      .candidates(nearest_names(without_schema(text), names));
}

std::vector<TableSummary> SqliteCatalog::list_tables(const std::string& schema) {
  session_.start_operation();
  std::vector<TableSummary> summaries;
  if (!in_main_schema(schema)) return summaries;
  TableSizes sizes(session_);
  for (const ListedTable& table : listed_tables(session_)) {
    TableSummary summary;
    summary.name.name = table.name;
    summary.kind = table.type;
    if (table.type == "table" || table.type == "shadow") {
      summary.estimated_rows = sizes.estimated_rows(table);
      summary.bytes = sizes.bytes(table.name);
    }
    summaries.push_back(std::move(summary));
  }
  return summaries;
}

TableName SqliteCatalog::find(std::string_view text) {
  session_.start_operation();
  return {{}, listed(text).name};
}

Table SqliteCatalog::describe(const TableName& table) {
  session_.start_operation();
  const ListedTable found = listed(table.display());
  Table described = sqlite::describe(session_, found);
  if (described.kind == TableKind::kShadow) {
    described.shadow_of = owner_of_shadow(found.name, listed_tables(session_));
  }
  return described;
}

std::vector<ForeignKey> SqliteCatalog::incoming_foreign_keys(const TableName& table) {
  session_.start_operation();
  const std::string wanted = listed(table.display()).name;
  std::vector<ForeignKey> incoming;
  for (const ListedTable& other : listed_tables(session_)) {
    if (other.type != "table" && other.type != "shadow") continue;
    for (ForeignKey& key :
         foreign_keys_of(session_, other.name, parse_create_table(other.sql).foreign_keys)) {
      if (ascii_iequals(key.referenced_table.name, wanted)) incoming.push_back(std::move(key));
    }
  }
  return incoming;
}

Schema SqliteCatalog::load_schema() {
  session_.start_operation();
  Schema schema;
  schema.engine = Engine::kSqlite;
  const std::vector<ListedTable> all = listed_tables(session_);
  for (const ListedTable& listed : all) {
    if (listed.is_view()) {
      // A view's columns are not looked at: one that no longer fits its tables is still carried.
      View view;
      view.name.name = listed.name;
      view.sql = listed.sql;
      view.triggers = triggers_of(session_, listed.name);
      schema.views.push_back(std::move(view));
      continue;
    }
    Table table = describe_for_schema(session_, listed);
    if (table.kind == TableKind::kShadow) table.shadow_of = owner_of_shadow(listed.name, all);
    schema.tables.push_back(std::move(table));
  }
  return schema;
}

std::uint64_t SqliteCatalog::count_rows(const TableName& table) {
  session_.start_operation();
  const auto rows =
      ask_number(session_, "SELECT count(*) FROM main." + quote(listed(table.display()).name));
  return static_cast<std::uint64_t>(rows.value_or(0));
}

std::optional<ResumeKey> SqliteCatalog::resume_key(const Table& table) {
  if (table.kind == TableKind::kVirtual) return std::nullopt;
  if (table.without_rowid) return ResumeKey{table.primary_key, false};
  if (const Column* column = rowid_column(table)) return ResumeKey{{column->name}, false};
  const std::string rowid = rowid_name(table);
  if (rowid.empty()) return std::nullopt;
  return ResumeKey{{rowid}, true};
}

std::optional<std::int64_t> SqliteCatalog::last_identity(const TableName& table) {
  session_.start_operation();
  if (!ask_number(session_, queries::kHasSequences)) return std::nullopt;
  OwnQuery query(session_, queries::kSequence);
  query.bind(1, listed(table.display()).name);
  if (!query.next()) return std::nullopt;
  return query.number(0);
}

std::string SqliteCatalog::fingerprint() {
  session_.start_operation();
  return fingerprint_of(session_, file_);
}

std::vector<DatabaseSetting> SqliteCatalog::database_settings() {
  session_.start_operation();
  return settings_of(session_);
}

}  // namespace crossload::driver::sqlite
