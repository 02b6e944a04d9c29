#include "key_facts.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "crossload/base/strings.h"

#include "sql_text.h"

namespace crossload::driver::mysql {
namespace {

unsigned int number(const std::optional<std::string>& text) {
  return text ? static_cast<unsigned int>(std::strtoul(text->c_str(), nullptr, 10)) : 0;
}

std::string schema_literal(Session& session, const TableName& table) {
  return session.literal(table.schema.empty() ? session.database() : table.schema);
}

bool is_one_of(const std::string& type, std::initializer_list<std::string_view> types) {
  return std::find(types.begin(), types.end(), type) != types.end();
}

}  // namespace

std::map<std::string, ColumnFacts> column_facts(Session& session, const TableName& table) {
  std::map<std::string, ColumnFacts> facts;
  const std::string sql =
      "SELECT column_name, data_type, character_set_name, collation_name, numeric_precision, "
      "numeric_scale, table_name FROM information_schema.columns WHERE table_schema = " +
      schema_literal(session, table) + " AND table_name = " + session.literal(table.name);
  for (const TextRow& row : session.ask(sql)) {
    // The views compare without regard to case.
    const bool same = session.capabilities().folds_table_names
                          ? ascii_iequals(row[6].value_or(""), table.name)
                          : row[6] == table.name;
    if (!same) continue;
    facts[ascii_lower(row[0].value_or(""))] = {ascii_lower(row[1].value_or("")),
                                               row[2].value_or(""), row[3].value_or(""),
                                               number(row[4]), number(row[5])};
  }
  return facts;
}

KeyOrder key_order(Session& session, const TableName& table, const std::vector<std::string>& key) {
  KeyOrder none;
  none.descending.assign(key.size(), false);
  const std::string sql =
      "SELECT index_name, column_name, collation, sub_part, non_unique FROM "
      "information_schema.statistics WHERE table_schema = " +
      schema_literal(session, table) + " AND table_name = " + session.literal(table.name) +
      " AND index_type = 'BTREE' ORDER BY table_name, index_name, seq_in_index";
  struct Candidate {
    KeyOrder order;
    std::size_t parts = 0;
    bool fits = true;
  };
  std::map<std::string, Candidate> indexes;
  for (const TextRow& row : session.ask(sql)) {
    Candidate& index = indexes[row[0].value_or("")];
    const std::size_t part = index.parts++;
    index.fits = index.fits && part < key.size() && row[1] && !row[3] && row[4] == "0" &&
                 ascii_iequals(*row[1], key[part]);
    index.order.descending.push_back(row[2] == "D");
  }
  for (auto& [name, index] : indexes) {
    if (!index.fits || index.parts != key.size()) continue;
    index.order.index = name;
    return index.order;
  }
  return none;
}

bool is_exact_key(const std::string& data_type) {
  return is_one_of(
      data_type,
      {"tinyint",  "smallint", "mediumint",  "int",        "bigint",   "decimal",  "char",
       "varchar",  "tinytext", "text",       "mediumtext", "longtext", "binary",   "varbinary",
       "tinyblob", "blob",     "mediumblob", "longblob",   "date",     "datetime", "timestamp",
       "time",     "year",     "bit",        "uuid",       "inet6",    "inet4"});
}

std::string key_parameter(const std::string& name, const ColumnFacts& facts) {
  if (!is_exact_key(facts.data_type)) {
    throw Error(ErrorCode::kInvalidArgument, "reading cannot go on behind a value of column " +
                                                 name + ", which is of type " + facts.data_type);
  }
  // The column's own collation, by which it is sorted, whatever the connection's is.
  if (!facts.charset.empty()) {
    return "CONVERT(? USING " + facts.charset + ") COLLATE " + facts.collation;
  }
  if (facts.data_type == "decimal") {
    return "CAST(? AS DECIMAL(" + std::to_string(facts.precision) + "," +
           std::to_string(facts.scale) + "))";
  }
  if (facts.data_type == "date") return "CAST(? AS DATE)";
  if (facts.data_type == "time") return "CAST(? AS TIME(6))";
  if (is_one_of(facts.data_type, {"datetime", "timestamp"})) return "CAST(? AS DATETIME(6))";
  if (is_one_of(facts.data_type, {"uuid", "inet6", "inet4"})) {
    return "CAST(? AS " + facts.data_type + ")";
  }
  return "?";
}

std::string key_column(const std::string& name, const ColumnFacts& facts) {
  const std::string column = "t." + quote(name);
  // A year is compared with 70 as if that were 1970.
  return facts.data_type == "year" ? "(" + column + " + 0)" : column;
}

}  // namespace crossload::driver::mysql
