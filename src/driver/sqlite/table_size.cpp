#include "table_size.h"

#include <algorithm>

#include "crossload/base/strings.h"

#include "own_query.h"
#include "queries.h"
#include "sql_text.h"

namespace crossload::driver::sqlite {
namespace {

constexpr std::uint64_t kCountedRows = 10'000;
constexpr std::uint64_t kLargestMeasuredFile = std::uint64_t{32} << 20;
// A row takes a header of two bytes, a cell pointer and its payload's length at the least.
constexpr std::uint64_t kSmallestRowBytes = 5;

}  // namespace

TableSizes::TableSizes(Session& session) : session_(session) {
  const auto pages = ask_number(session, "PRAGMA page_count").value_or(0);
  const auto page_bytes = ask_number(session, "PRAGMA page_size").value_or(0);
  file_bytes_ = static_cast<std::uint64_t>(pages * page_bytes);
  analyzed_ = ask_number(session, queries::kHasStatistics).has_value();
  if (file_bytes_ <= kLargestMeasuredFile &&
      sqlite3_compileoption_used("ENABLE_DBSTAT_VTAB") != 0) {
    load_bytes();
  }
}

void TableSizes::load_bytes() {
  OwnQuery query(session_, queries::kPageBytes);
  while (query.next()) {
    bytes_[ascii_lower(query.text(0))] = static_cast<std::uint64_t>(query.number(1));
  }
}

std::optional<std::uint64_t> TableSizes::bytes(const std::string& table) const {
  const auto found = bytes_.find(ascii_lower(table));
  if (found == bytes_.end()) return std::nullopt;
  return found->second;
}

std::optional<std::uint64_t> TableSizes::estimated_rows(const ListedTable& table) {
  const std::string limit = std::to_string(kCountedRows + 1);
  const auto counted = ask_number(session_, "SELECT count(*) FROM (SELECT 1 FROM main." +
                                                quote(table.name) + " LIMIT " + limit + ")");
  const auto rows = static_cast<std::uint64_t>(counted.value_or(0));
  if (rows <= kCountedRows) return rows;
  if (const auto analyzed = analyzed_rows(table.name)) return std::max(rows, *analyzed);
  return rows_by_rowid(table);
}

std::optional<std::uint64_t> TableSizes::analyzed_rows(const std::string& table) {
  if (!analyzed_) return std::nullopt;
  // Partial indexes hold fewer rows than the table: the largest number is the table's.
  OwnQuery query(session_, queries::kAnalyzedRows);
  query.bind(1, table);
  if (!query.next() || query.is_null(0)) return std::nullopt;
  return static_cast<std::uint64_t>(query.number(0));
}

std::optional<std::uint64_t> TableSizes::rows_by_rowid(const ListedTable& table) {
  const std::string rowid = rowid_name(describe(session_, table));
  if (rowid.empty()) return std::nullopt;
  const std::string column = "t." + quote(rowid);
  const std::string from = " FROM main." + quote(table.name) + " AS t";
  const auto first = ask_number(session_, "SELECT min(" + column + ")" + from);
  const auto last = ask_number(session_, "SELECT max(" + column + ")" + from);
  if (!first || !last) return std::nullopt;
  // Unsigned, for a span from the smallest to the largest rowid.
  const std::uint64_t span = static_cast<std::uint64_t>(*last) - static_cast<std::uint64_t>(*first);
  return std::min(span, file_bytes_ / kSmallestRowBytes) + 1;
}

}  // namespace crossload::driver::sqlite
