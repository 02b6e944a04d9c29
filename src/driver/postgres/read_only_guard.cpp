#include "read_only_guard.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "crossload/dialect/dialect.h"

#include "queries.h"
#include "result_rows.h"
#include "sql_scan.h"

namespace crossload::driver::postgres {
namespace {

constexpr auto kReadingWords =
    std::to_array<std::string_view>({"select", "values", "table", "with", "explain", "show"});

// Functions that run SQL out of a text or a name, read and write the server's files or reach other
// servers, whatever their declared volatility.
constexpr auto kRefusedBeginnings = std::to_array<std::string_view>(
    {"dblink", "crosstab", "connectby", "xpath_table", "table_to_xml", "query_to_xml",
     "cursor_to_xml", "schema_to_xml", "database_to_xml", "lo_export", "lo_import", "pg_read_",
     "pg_ls_", "pg_file_", "pg_logdir_", "pg_stat_file", "set_config"});

[[noreturn]] void refuse(const std::string& what) {
  throw Error(ErrorCode::kAccessDenied, "refused on a read-only session: " + what)
      .statements_fault(true)
      .suggest("use execute-sql on a profile with \"access\": \"write\"");
}

void check_class(const std::string& sql, const SqlNames& names) {
  const dialect::StatementClass found = dialect::dialect_for(Engine::kPostgres).classify(sql);
  const bool reads = std::find(kReadingWords.begin(), kReadingWords.end(), names.first_word) !=
                     kReadingWords.end();
  if (found != dialect::StatementClass::kRead || !reads) {
    refuse(names.first_word + " is not a statement that only reads");
  }
}

void check_spelling(const SqlNames& names) {
  if (names.has_unicode_names) refuse("names written as U&\"...\"");
  for (const std::string& name : names.called) {
    // It calls the function that is named like its type.
    if (name == "treat") refuse("TREAT");
    for (const std::string_view beginning : kRefusedBeginnings) {
      if (name.starts_with(beginning)) refuse("the function " + name);
    }
  }
}

void add(std::vector<std::string>& to, std::vector<std::string> more) {
  to.insert(to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

// A view does what its definition says.
void add_views(Session& session, SqlNames& names) {
  std::vector<std::string> candidates = names.others;
  add(candidates, names.members);
  const ResultHandle views = session.ask(queries::kViewDefinitions, {array_literal(candidates)});
  for (const Row row : rows_of(views)) {
    SqlNames inner = names_in(row.text(0));
    check_spelling(inner);
    add(names.called, std::move(inner.called));
    add(names.members, std::move(inner.members));
    add(names.others, std::move(inner.others));
    add(names.operators, std::move(inner.operators));
  }
}

}  // namespace

void check_read_only(Session& session, const std::string& sql) {
  SqlNames names = names_in(sql);
  check_class(sql, names);
  check_spelling(names);
  add_views(session, names);
  std::vector<std::string> all = names.others;
  add(all, names.members);
  const ResultHandle refused = session.ask(
      queries::kFunctionsWithEffects, {array_literal(names.called), array_literal(names.members),
                                       array_literal(names.operators), array_literal(all)});
  for (const Row row : rows_of(refused)) refuse(std::string(row.text(0)));
}

}  // namespace crossload::driver::postgres
