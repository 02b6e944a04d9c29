#include "foreign_key_check.h"

#include <string>
#include <utility>

#include "crossload/base/strings.h"

#include "bracket.h"
#include "queries.h"
#include "query_reader.h"
#include "relation.h"
#include "result_rows.h"
#include "sql_text.h"

namespace crossload::driver::postgres {
namespace {

using Found = std::function<void(const FkOrphan&)>;

struct Key {
  std::string name;
  TableName child;
  TableName parent;
  bool match_full = false;
  bool validated = false;
  bool child_partitioned = false;
  bool parent_partitioned = false;
  std::vector<std::string> columns;
  std::vector<std::string> parent_columns;
  std::vector<std::string> collations;  ///< By column: what the parent's is compared under.
  std::vector<std::string> row_key;
  std::string definition;
};

Key key_of(const Session& session, const Row& row) {
  Key key;
  key.name = row.string(0);
  key.child = model_name(session, row.string(1), row.string(2));
  key.parent = model_name(session, row.string(3), row.string(4));
  key.match_full = row.text(5) == "f";
  key.validated = row.flag(6);
  key.child_partitioned = row.flag(7);
  key.parent_partitioned = row.flag(8);
  key.columns = row.list(9);
  key.parent_columns = row.list(10);
  key.collations = row.list(11);
  key.row_key = row.list(12);
  key.definition = row.string(13);
  return key;
}

std::string from(const Session& session, const TableName& table, bool partitioned) {
  return (partitioned ? "" : "ONLY ") + session.qualified(table);
}

// A row of which one column is NULL points at nothing; under MATCH FULL all must be.
std::string points_somewhere(const Key& key) {
  std::vector<std::string> conditions;
  for (const std::string& column : key.columns) {
    conditions.push_back("c." + quote(column) + " IS NOT NULL");
  }
  return "(" + join(conditions, key.match_full ? " OR " : " AND ") + ")";
}

std::string orphans_sql(const Session& session, const Key& key) {
  std::vector<std::string> columns;
  for (const std::string& column : key.row_key) columns.push_back("c." + quote(column));
  std::vector<std::string> matches;
  for (std::size_t i = 0; i < key.columns.size(); ++i) {
    columns.push_back("c." + quote(key.columns[i]));
    matches.push_back("p." + quote(key.parent_columns[i]) + key.collations[i] + " = c." +
                      quote(key.columns[i]));
  }
  return "SELECT " + join(columns, ", ") + " FROM " +
         from(session, key.child, key.child_partitioned) + " c WHERE " + points_somewhere(key) +
         " AND NOT EXISTS (SELECT FROM " + from(session, key.parent, key.parent_partitioned) +
         " p WHERE " + join(matches, " AND ") + ")";
}

FkOrphan orphan_in(const Key& key, const RowBatch& batch, std::size_t row) {
  FkOrphan orphan;
  orphan.table = key.child;
  orphan.references = key.parent;
  orphan.referenced_columns = key.parent_columns;
  for (std::size_t i = 0; i < batch.columns(); ++i) {
    const bool of_key = i < key.row_key.size();
    const std::string& name = of_key ? key.row_key[i] : key.columns[i - key.row_key.size()];
    (of_key ? orphan.key : orphan.value).emplace_back(name, batch.value(row, i));
  }
  return orphan;
}

std::uint64_t report_orphans(Session& session, const Key& key, const Found& found) {
  PostgresQueryReader reader(session, orphans_sql(session, key), {}, {});
  RowBatch batch;
  std::uint64_t orphans = 0;
  const BatchLimits limits{1'000, std::size_t{1} << 20};
  while (reader.read(batch, limits)) {
    for (std::size_t row = 0; row < batch.rows(); ++row, ++orphans) {
      found(orphan_in(key, batch, row));
    }
  }
  return orphans;
}

std::string alter(const Session& session, const Key& key) {
  return "ALTER TABLE " + session.qualified(key.child) + " ";
}

// The server takes a key for proved until it is made again.
void mark_unproved(Session& session, const Key& key, FkReport& report) {
  if (!key.validated) return;
  Bracket transaction(session, Bracket::Kind::kTransaction);
  session.run(alter(session, key) + "DROP CONSTRAINT " + quote(key.name));
  if (key.child_partitioned) {
    report.problems.push_back({key.child, key.parent,
                               "the key " + key.name +
                                   " was dropped: it does not hold, and a partitioned table takes "
                                   "no key that is NOT VALID. It was " +
                                   key.definition});
  } else {
    session.run(alter(session, key) + "ADD CONSTRAINT " + quote(key.name) + " " + key.definition +
                " NOT VALID");
  }
  transaction.keep();
}

void check_key(Session& session, const Key& key, const Found& found, FkReport& report) {
  const std::uint64_t orphans = report_orphans(session, key, found);
  report.orphans += orphans;
  if (orphans > 0) {
    mark_unproved(session, key, report);
  } else if (!key.validated) {
    session.run(alter(session, key) + "VALIDATE CONSTRAINT " + quote(key.name));
  }
}

}  // namespace

FkReport check_foreign_keys(Session& session, const std::vector<TableName>& tables,
                            const Found& found) {
  std::vector<std::string> names;
  for (const TableName& table : tables) names.push_back(session.qualified(table));
  const ResultHandle rows = session.ask(queries::kKeysToCheck, {array_literal(names)});
  FkReport report;
  for (const Row row : rows_of(rows)) {
    const Key key = key_of(session, row);
    try {
      check_key(session, key, found, report);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kAccessDenied) throw;
      report.problems.push_back(
          {key.child, key.parent, "the key " + key.name + ": " + error.message()});
    }
  }
  return report;
}

}  // namespace crossload::driver::postgres
