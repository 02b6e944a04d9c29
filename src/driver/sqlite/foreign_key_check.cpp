#include "foreign_key_check.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "crossload/base/strings.h"

#include "introspect.h"
#include "own_query.h"
#include "row_reader.h"
#include "sql_text.h"

namespace crossload::driver::sqlite {
namespace {

using Found = std::function<void(const FkOrphan&)>;

const ListedTable* find_listed(const std::vector<ListedTable>& tables, const std::string& name) {
  for (const ListedTable& table : tables) {
    if (ascii_iequals(table.name, name)) return &table;
  }
  return nullptr;
}

// A unique index serves a key only with the columns' own collations.
// Source: sqlite.org "SQLite Foreign Key Support", 3.
bool serves(const Index& index, const std::vector<std::string>& columns, const Table& parent) {
  if (!index.unique || !index.where_sql.empty() || index.parts.size() != columns.size())
    return false;
  return std::all_of(index.parts.begin(), index.parts.end(), [&](const IndexPart& part) {
    const Column* column = parent.find_column(part.column);
    return column != nullptr && ascii_iequals(column->collation, part.collation) &&
           std::any_of(columns.begin(), columns.end(), [&](const std::string& wanted) {
             return ascii_iequals(wanted, part.column);
           });
  });
}

// Why the key cannot be checked; empty where it can.
std::string mismatch(const ForeignKey& key, const Table& parent,
                     const std::vector<std::string>& parent_columns) {
  const std::string what = "foreign key " + key.table.name + "(" + join(key.columns, ", ") + "): ";
  if (parent_columns.size() != key.columns.size()) {
    return what + "the primary key of " + parent.name.name + " has another number of columns";
  }
  for (const std::string& column : parent_columns) {
    if (parent.find_column(column) == nullptr) {
      return what + parent.name.name + " has no column " + column;
    }
  }
  const Column* rowid = rowid_column(parent);
  if (rowid != nullptr && parent_columns.size() == 1 &&
      ascii_iequals(rowid->name, parent_columns.front())) {
    return {};
  }
  const bool served =
      std::any_of(parent.indexes.begin(), parent.indexes.end(),
                  [&](const Index& i) { return serves(i, parent_columns, parent); });
  if (served) return {};
  return what + parent.name.name + " has no unique key over (" + join(parent_columns, ", ") + ")";
}

std::vector<std::string> key_columns(const Table& table) {
  if (!table.primary_key.empty()) return table.primary_key;
  const std::string rowid = rowid_name(table);
  return rowid.empty() ? std::vector<std::string>() : std::vector<std::string>{rowid};
}

std::string orphans_sql(const ForeignKey& key, const std::vector<std::string>& row_key,
                        const std::vector<std::string>* parent_columns) {
  std::vector<std::string> columns;
  for (const std::string& column : row_key) columns.push_back("c." + quote(column));
  std::vector<std::string> conditions;
  std::vector<std::string> matches;
  for (std::size_t i = 0; i < key.columns.size(); ++i) {
    const std::string child = "c." + quote(key.columns[i]);
    columns.push_back(child);
    conditions.push_back(child + " IS NOT NULL");
    // The plus takes the child's affinity away, so that the parent's alone is applied; the parent
    // stands left, so that its collation is.
    if (parent_columns != nullptr) {
      matches.push_back("p." + quote((*parent_columns)[i]) + " = +" + child);
    }
  }
  std::string sql = "SELECT " + join(columns, ", ") + " FROM main." + quote(key.table.name) +
                    " AS c WHERE " + join(conditions, " AND ");
  if (parent_columns == nullptr) return sql;
  return sql + " AND NOT EXISTS (SELECT 1 FROM main." + quote(key.referenced_table.name) +
         " AS p WHERE " + join(matches, " AND ") + ")";
}

std::uint64_t report_orphans(Session& session, const ForeignKey& key,
                             const std::vector<std::string>& row_key,
                             const std::vector<std::string>* parent_columns, const Found& found) {
  const std::size_t columns = row_key.size() + key.columns.size();
  SqliteRowReader reader(session, session.prepare(orphans_sql(key, row_key, parent_columns)),
                         columns);
  RowBatch batch;
  std::uint64_t orphans = 0;
  const BatchLimits limits{1'000, std::size_t{1} << 20};
  while (reader.read(batch, limits)) {
    for (std::size_t row = 0; row < batch.rows(); ++row, ++orphans) {
      FkOrphan orphan;
      orphan.table = key.table;
      orphan.references = key.referenced_table;
      orphan.referenced_columns =
          parent_columns != nullptr ? *parent_columns : key.referenced_columns;
      for (std::size_t i = 0; i < columns; ++i) {
        auto& target = i < row_key.size() ? orphan.key : orphan.value;
        const std::string& name = i < row_key.size() ? row_key[i] : key.columns[i - row_key.size()];
        target.emplace_back(name, batch.value(row, i));
      }
      found(orphan);
    }
  }
  return orphans;
}

void check_key(Session& session, const Table& child, const ForeignKey& key,
               const std::vector<ListedTable>& all, const Found& found, FkReport& report) {
  const std::vector<std::string> row_key = key_columns(child);
  const ListedTable* listed = find_listed(all, key.referenced_table.name);
  if (listed == nullptr) {
    // As the engine sees it: whatever points there points at nothing.
    report.orphans += report_orphans(session, key, row_key, nullptr, found);
    report.problems.push_back(
        {key.table, key.referenced_table,
         "the table " + key.referenced_table.name + " that the key points at does not exist"});
    return;
  }
  const Table parent = describe(session, *listed);
  const std::vector<std::string>& columns =
      key.referenced_columns.empty() ? parent.primary_key : key.referenced_columns;
  std::string problem = mismatch(key, parent, columns);
  if (!problem.empty()) {
    report.problems.push_back({key.table, key.referenced_table, std::move(problem)});
    return;
  }
  report.orphans += report_orphans(session, key, row_key, &columns, found);
}

}  // namespace

FkReport check_foreign_keys(Session& session, const std::vector<TableName>& tables,
                            const Found& found) {
  FkReport report;
  const std::vector<ListedTable> all = listed_tables(session);
  for (const TableName& name : tables) {
    const ListedTable* listed = find_listed(all, name.name);
    if (listed == nullptr || listed->is_view()) continue;
    const Table child = describe(session, *listed);
    for (const ForeignKey& key : child.foreign_keys) {
      check_key(session, child, key, all, found, report);
    }
  }
  return report;
}

}  // namespace crossload::driver::sqlite
