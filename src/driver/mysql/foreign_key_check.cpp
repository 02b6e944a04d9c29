#include "foreign_key_check.h"

#include <algorithm>
#include <set>
#include <utility>

#include "crossload/base/strings.h"

#include "introspect.h"
#include "key_facts.h"
#include "row_reader.h"
#include "sql_text.h"

namespace crossload::driver::mysql {
namespace {

using Found = std::function<void(const FkOrphan&)>;

// A key with a NULL in it refers to nothing (MATCH SIMPLE). The parent's index is used where it
// has one over these columns, as it must for a key that the server made.
std::string orphans_sql(const ForeignKey& key, const std::vector<std::string>& row_key,
                        bool parent_exists) {
  std::vector<std::string> columns;
  for (const std::string& column : row_key) columns.push_back("c." + quote(column));
  std::vector<std::string> conditions;
  std::vector<std::string> matches;
  for (std::size_t i = 0; i < key.columns.size(); ++i) {
    const std::string child = "c." + quote(key.columns[i]);
    columns.push_back(child);
    conditions.push_back(child + " IS NOT NULL");
    matches.push_back("p." + quote(key.referenced_columns[i]) + " = " + child);
  }
  const std::string sql = "SELECT " + join(columns, ", ") + " FROM " + quote(key.table) +
                          " AS c WHERE " + join(conditions, " AND ");
  if (!parent_exists) return sql;
  return sql + " AND NOT EXISTS (SELECT 1 FROM " + quote(key.referenced_table) + " AS p WHERE " +
         join(matches, " AND ") + ")";
}

std::uint64_t report_orphans(Session& session, const ForeignKey& key,
                             const std::vector<std::string>& row_key, bool parent_exists,
                             const Found& found) {
  StatementHandle statement = session.prepare(orphans_sql(key, row_key, parent_exists));
  session.execute(statement.get());
  MysqlRowReader reader(session, std::move(statement), false);
  RowBatch batch;
  std::uint64_t orphans = 0;
  const BatchLimits limits{1'000, std::size_t{1} << 20};
  const std::size_t columns = row_key.size() + key.columns.size();
  while (reader.read(batch, limits)) {
    for (std::size_t row = 0; row < batch.rows(); ++row, ++orphans) {
      FkOrphan orphan;
      orphan.table = key.table;
      orphan.references = key.referenced_table;
      orphan.referenced_columns = key.referenced_columns;
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

// Why the key cannot be checked; empty where it can.
std::string mismatch(const ForeignKey& key, const std::map<std::string, ColumnFacts>& parent) {
  for (const std::string& column : key.referenced_columns) {
    if (!parent.contains(ascii_lower(column))) {
      return "foreign key " + key.name + ": " + key.referenced_table.display() + " has no column " +
             column;
    }
  }
  return {};
}

}  // namespace

FkReport check_foreign_keys(Session& session, const std::vector<TableName>& tables,
                            const Found& found) {
  FkReport report;
  std::set<std::string> wanted;
  for (const TableName& table : tables) wanted.insert(table.name);
  // A few tables are described one by one, many all at once.
  constexpr std::size_t kFew = 8;
  std::vector<Table> described;
  if (wanted.size() <= kFew) {
    for (const std::string& name : wanted) {
      for (Table& table : tables_of(session, &name, false)) described.push_back(std::move(table));
    }
  } else {
    described = tables_of(session, nullptr, false);
  }
  for (const Table& child : described) {
    if (!wanted.contains(child.name.name)) continue;
    for (const ForeignKey& key : child.foreign_keys) {
      const auto parent = column_facts(session, key.referenced_table);
      if (parent.empty()) {
        // As the server sees it: whatever points there points at nothing.
        report.problems.push_back({key.table, key.referenced_table,
                                   "the table " + key.referenced_table.display() +
                                       " that the key points at does not exist"});
      } else if (std::string problem = mismatch(key, parent); !problem.empty()) {
        report.problems.push_back({key.table, key.referenced_table, std::move(problem)});
        continue;
      }
      report.orphans += report_orphans(session, key, child.primary_key, !parent.empty(), found);
    }
  }
  return report;
}

}  // namespace crossload::driver::mysql
