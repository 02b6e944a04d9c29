#include "table_size.h"

#include <cstdlib>
#include <map>
#include <string_view>
#include <utility>

#include "crossload/base/strings.h"

#include "queries.h"
#include "relation.h"
#include "result_rows.h"

namespace crossload::driver::postgres {
namespace {

// A table that was never analysed has no estimate. Small ones are counted instead, so many at most.
constexpr std::int64_t kSmallBytes = 256 * 1024;
constexpr std::size_t kMostCounted = 200;

std::string kind_name(const Row& row) {
  const std::string_view kind = row.text(3);
  if (kind == "v") return "view";
  if (kind == "m") return "materialized_view";
  if (kind == "f") return "foreign";
  return row.flag(4) ? "partition" : "table";
}

struct Listed {
  std::vector<TableSummary> tables;
  std::vector<std::size_t> unknown_small;
};

Listed listed(Session& session, const std::string& schema) {
  Listed result;
  const ResultHandle rows = session.run(queries::listed_relations());
  for (const Row row : rows_of(rows)) {
    if (!schema.empty() && row.text(1) != schema) continue;
    TableSummary table;
    table.name = model_name(session, row.string(1), row.string(2));
    table.kind = kind_name(row);
    const double estimate = std::strtod(row.string(5).c_str(), nullptr);
    const bool has_rows = table.kind != "view";
    // Before PostgreSQL 14 zero stood for unknown.
    if (has_rows && estimate > 0) table.estimated_rows = static_cast<std::uint64_t>(estimate);
    if (!row.is_null(6)) table.bytes = static_cast<std::uint64_t>(row.number(6));
    if (!table.estimated_rows && !row.is_null(7) && row.number(7) <= kSmallBytes) {
      result.unknown_small.push_back(result.tables.size());
    }
    result.tables.push_back(std::move(table));
  }
  return result;
}

void count_small(Session& session, Listed& listed) {
  std::vector<std::string> counts;
  for (const std::size_t at : listed.unknown_small) {
    if (counts.size() == kMostCounted) break;
    counts.push_back("SELECT " + std::to_string(at) + ", pg_catalog.count(*) FROM ONLY " +
                     session.qualified(listed.tables[at].name));
  }
  if (counts.empty()) return;
  const ResultHandle rows = session.run(join(counts, " UNION ALL "));
  for (const Row row : rows_of(rows)) {
    listed.tables[static_cast<std::size_t>(row.number(0))].estimated_rows =
        static_cast<std::uint64_t>(row.number(1));
  }
}

}  // namespace

std::vector<TableSummary> list_tables(Session& session, const std::string& schema) {
  Listed result = listed(session, schema);
  count_small(session, result);
  return std::move(result.tables);
}

std::vector<TableSummary> list_names(Session& session) {
  return listed(session, {}).tables;
}

}  // namespace crossload::driver::postgres
