// Bad rows between any two engines: the reject file names exactly the bad ones, with the right
// code, and all others land, whether the conversion finds them or the target's server refuses them.

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "direction.h"
#include "migration_run.h"

namespace crossload::testing {
namespace {

bool is_at_length() {
  return std::getenv("CROSSLOAD_TEST_ALL") != nullptr;
}

/// Which rows of a table are bad, by their key from 1 on.
struct Pattern {
  const char* name;
  bool (*is_bad)(long id, long rows, long batch);
  const char* sql;  ///< The same with %ROWS% and %BATCH%.
};

std::vector<Pattern> patterns() {
  std::vector<Pattern> all = {
      {"one", [](long id, long rows, long) { return id == rows / 3; }, "id = %THIRD%"},
      {"each", [](long id, long, long batch) { return id % batch == 77; }, "id % %BATCH% = 77"},
      {"every", [](long, long, long) { return true; }, "id > 0"},
  };
  if (!is_at_length()) return all;
  all.push_back({"half", [](long id, long, long) { return id % 2 == 0; }, "id % 2 = 0"});
  all.push_back({"final", [](long id, long rows, long) { return id == rows; }, "id = %ROWS%"});
  return all;
}

/// What is wrong with the value of a bad row.
struct Fault {
  std::string name;
  std::string source_type;
  std::string good;
  std::string bad;
  std::string target_type;  ///< With its constraint.
  std::string code;
  std::string shown = "v";  ///< How the value is asked for, where the engines print it differently.
};

/// Found before the row is written.
Fault unfit_value(const Direction& direction) {
  if (direction.to != Place::kSqlite) {
    return {"value", "INTEGER", "7", "100000", "SMALLINT", "int_overflow"};
  }
  if (direction.from == Place::kSqlite) {
    return {"value", "TEXT", "'7'", "'007'", "NUMERIC", "affinity"};
  }
  return {"value",
          "DECIMAL(20,10)",
          "7.5",
          "1234567890.1234567891",
          "NUMERIC",
          "precision",
          "CASE WHEN v = 7.5 THEN 'good' ELSE 'other' END"};
}

std::vector<Fault> faults(const Direction& direction) {
  return {unfit_value(direction),
          {"checked", "INTEGER", "7", "13", "INTEGER CHECK (v <> 13)", "check"},
          // A row with this value is in the target before.
          {"twin", "INTEGER", "id", "0", "INTEGER UNIQUE", "unique"}};
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what)) {
    text.replace(at, what.size(), with);
  }
  return text;
}

/// A table of one fault and one pattern, on both sides.
struct BadTable {
  Fault fault;
  Pattern pattern;
  long rows;
  long batch;

  std::string name() const { return fault.name + "_" + pattern.name; }
  bool is_bad(long id) const { return pattern.is_bad(id, rows, batch); }

  std::string bad_sql() const {
    std::string bad = replaced(pattern.sql, "%ROWS%", std::to_string(rows));
    bad = replaced(bad, "%THIRD%", std::to_string(rows / 3));
    return replaced(bad, "%BATCH%", std::to_string(batch));
  }

  std::string source_sql() const {
    std::string from = "digits AS d1";
    std::string id = "1 + d1.d";
    std::string power = "10";
    for (long reach = 10; reach < rows; reach *= 10, power += "0") {
      const std::string alias = "d" + std::to_string(power.size());
      from += ", digits AS " + alias;
      id += " + " + power + " * " + alias + ".d";
    }
    return "CREATE TABLE " + name() + " (id INTEGER NOT NULL PRIMARY KEY, v " + fault.source_type +
           ", w INTEGER, note VARCHAR(40));\nINSERT INTO " + name() + " SELECT id, CASE WHEN " +
           bad_sql() + " THEN " + fault.bad + " ELSE " + fault.good +
           " END, id * 3, 'it''s a note' FROM (SELECT " + id + " AS id FROM " + from +
           ") AS numbers WHERE id <= " + std::to_string(rows) + ";\n";
  }

  std::string target_sql() const {
    std::string sql = "CREATE TABLE " + name() + " (id INTEGER NOT NULL PRIMARY KEY, v " +
                      fault.target_type + ", w INTEGER, note VARCHAR(40));\n";
    if (fault.name == "twin") sql += "INSERT INTO " + name() + " VALUES (0, 0, 0, 'before');\n";
    return sql;
  }

  std::vector<long> bad_ids() const {
    std::vector<long> ids;
    for (long id = 1; id <= rows; ++id) {
      if (is_bad(id)) ids.push_back(id);
    }
    return ids;
  }
};

std::string source_script(const std::vector<BadTable>& tables) {
  std::string sql =
      "CREATE TABLE digits (d INTEGER);\n"
      "INSERT INTO digits VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9);\n";
  for (const BadTable& table : tables) sql += table.source_sql();
  return sql + "DROP TABLE digits;\n";
}

std::string target_script(const std::vector<BadTable>& tables) {
  std::string sql;
  for (const BadTable& table : tables) sql += table.target_sql();
  return sql;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

/// The rows that landed are the good ones of the source, by the servers' own text: row by row or,
/// where they are many, thousand by thousand.
void expect_good_rows(const BadTable& table, const TestDatabase& source,
                      const TestDatabase& target) {
  constexpr long kFewRows = 10'000;
  const std::string& v = table.fault.shown;
  const std::string from = " FROM " + table.name() + " WHERE id > 0";
  const bool few = table.rows <= kFewRows;
  const std::string select = few ? "SELECT id, " + v + ", w, note"
                                 : "SELECT id - id % 1000, count(*), sum(id), sum(w), min(" + v +
                                       "), max(" + v + "), min(note), max(note)";
  const std::string order = few ? " ORDER BY id" : " GROUP BY id - id % 1000 ORDER BY 1";
  const std::string good = source.ask(select + from + " AND NOT (" + table.bad_sql() + ")" + order);
  const std::string landed = target.ask(select + from + order);
  EXPECT_TRUE(landed == good) << landed.substr(0, 200) << "\n instead of \n" << good.substr(0, 200);
}

/// The lines of the reject file: each bad row once, by key, position and code.
void expect_rejects(const BadTable& table, const std::string& file) {
  std::vector<long> rejected;
  for (const std::string& line : lines_of(file)) {
    const auto json = nlohmann::json::parse(line);
    const long id = json.at("key").at("id").get<long>();
    rejected.push_back(id);
    const bool as_expected = json.at("code") == table.fault.code &&
                             json.at("row_index") == id - 1 && json.at("table") == table.name() &&
                             json.at("row").at("w") == id * 3;
    ASSERT_TRUE(as_expected) << line;
    if (table.fault.code != "check") {
      ASSERT_EQ(json.value("column", ""), "v") << line;
    }
  }
  std::sort(rejected.begin(), rejected.end());
  EXPECT_TRUE(rejected == table.bad_ids())
      << rejected.size() << " rows were rejected, " << table.bad_ids().size() << " are bad";
}

void expect_counts(const BadTable& table, const nlohmann::json& status) {
  const auto bad = static_cast<long>(table.bad_ids().size());
  for (const nlohmann::json& one : status.at("tables_status")) {
    if (one.at("table") != table.name()) continue;
    EXPECT_EQ(one.at("status"), "completed_with_errors") << one.dump();
    EXPECT_EQ(one.at("rows_failed"), bad) << one.dump();
    EXPECT_EQ(one.at("rows_migrated"), table.rows - bad) << one.dump();
    return;
  }
  FAIL() << "no such table in the status";
}

void carry(const Direction& direction, const std::vector<BadTable>& tables) {
  const TestDatabase source(direction.from);
  source.run(source_script(tables));
  const TestDatabase target(direction.to);
  target.run(target_script(tables));
  const MigrationRun run(source, target);
  const nlohmann::json status = run.run({"--batch-size", std::to_string(tables.front().batch)});
  ASSERT_EQ(status.value("status", ""), "completed_with_errors") << status.dump(1);
  for (const BadTable& table : tables) {
    SCOPED_TRACE(table.name());
    expect_counts(table, status);
    expect_rejects(table, run.read_job_file(table.name() + "_failed.jsonl"));
    expect_good_rows(table, source, target);
  }
}

class BadRows : public DirectionTest {};

// A batch is more than what is written at once in any engine.
TEST_P(BadRows, AreRejectedEachAndNoOther) {
  const long rows = is_at_length() ? 1'000 : 240;
  const long batch = is_at_length() ? 125 : 80;
  std::vector<BadTable> tables;
  for (const Fault& fault : faults(GetParam())) {
    for (const Pattern& pattern : patterns()) tables.push_back({fault, pattern, rows, batch});
  }
  carry(GetParam(), tables);
}

INSTANTIATE_TEST_SUITE_P(All, BadRows, ::testing::ValuesIn(all_directions()), name_of_direction);

class OneBadRow : public BadRows {};

TEST_P(OneBadRow, InAMillionCostsOneRow) {
  std::vector<BadTable> tables;
  for (const Fault& fault : faults(GetParam())) {
    // One that the target's server refuses is the harder to find.
    if (!is_at_length() && fault.name != "checked") continue;
    tables.push_back({fault, patterns().front(), 1'000'000, 50'000});
  }
  carry(GetParam(), tables);
}

/// Of the source that is filled soonest; of all where there is time.
std::vector<Direction> directions_of_millions() {
  std::vector<Direction> directions = all_directions();
  std::erase_if(directions, [](const Direction& direction) {
    return !is_at_length() && direction.from != Place::kSqlite;
  });
  return directions;
}

INSTANTIATE_TEST_SUITE_P(All, OneBadRow, ::testing::ValuesIn(directions_of_millions()),
                         name_of_direction);

}  // namespace
}  // namespace crossload::testing
