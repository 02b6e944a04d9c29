// Cases 92, 98, 113 and 118: generated columns, keys, references of a table to itself.

#include "case_text.h"
#include "fidelity_case.h"

namespace crossload::testing {
namespace {

void add_generated(std::vector<Case>& cases) {
  // PostgreSQL 15 has stored ones only.
  const std::string values = "; INSERT INTO @t (id, v) VALUES (1, 5), (2, NULL)";
  const std::string columns =
      "CREATE TABLE @t (id int PRIMARY KEY, v int, w int GENERATED ALWAYS AS (v * 2) STORED";
  const std::string both = columns + ", z int GENERATED ALWAYS AS (v + 1) VIRTUAL)";
  const std::string seen = "1\t5\t10\t6\n2\tNULL\tNULL\tNULL";
  cases.push_back(Case(92, "Generated", kMS, both + values).to(kAll, kRows, seen));
  cases.push_back(Case(92, "GeneratedOfPostgres", kP, columns + ")" + values)
                      .to(kAll, kRows, "1\t5\t10\n2\tNULL\tNULL"));
  const std::string told = "@t.w is generated in the target and is not copied";
  cases.push_back(Case(92, "GeneratedInTheTarget", kAll,
                       "CREATE TABLE @t (id int PRIMARY KEY, v int, w int); "
                       "INSERT INTO @t VALUES (1, 5, 999), (2, 6, 12)")
                      .to(kAll, kRows, "1\t5\t10\n2\t6\t12")
                      .prepared(columns + ")")
                      .told(told));
}

void add_keys_of_sqlite(std::vector<Case>& cases) {
  const std::string nulls =
      "CREATE TABLE @t (id INT PRIMARY KEY, v TEXT); INSERT INTO @t VALUES (NULL, 'a'), (1, 'b'), "
      "(NULL, 'c'), (2, 'd')";
  // A table that the job makes gets a unique key, so that no row has to be rejected.
  cases.push_back(Case(98, "NullKeys", kS, nulls)
                      .to(kAll, "SELECT v, id FROM @t ORDER BY v", "a\tNULL\nb\t1\nc\tNULL\nd\t2"));
  // A row without a key is named by its rowid.
  cases.push_back(Case(98, "NullKeysIntoAKey", kS, nulls)
                      .to(kPM, kRows, "1\tb\n2\td")
                      .prepared("CREATE TABLE @t (id int PRIMARY KEY, v text)")
                      .rejects("1:not_null 3:not_null"));
  cases.push_back(Case(98, "RowidKey", kS,
                       "CREATE TABLE @t (id INTEGER PRIMARY KEY, v TEXT); "
                       "INSERT INTO @t VALUES (-5, 'a'), (0, 'b'), (9223372036854775807, 'c')")
                      .to(kAll, kRows, "-5\ta\n0\tb\n9223372036854775807\tc"));
  cases.push_back(Case(98, "WithoutRowid", kS,
                       "CREATE TABLE @t (id TEXT PRIMARY KEY, v INTEGER) WITHOUT ROWID; "
                       "INSERT INTO @t VALUES ('b', 2), ('a', 1), ('B', 3)")
                      .to(kAll, "SELECT id, v FROM @t ORDER BY v", "a\t1\nb\t2\nB\t3"));
  cases.push_back(
      Case(98, "ColumnNamedRowid", kS,
           "CREATE TABLE @t (id INTEGER, rowid TEXT, _rowid_ TEXT, v TEXT); "
           "INSERT INTO @t VALUES (2, 'x', 'p', 'a'), (1, 'x', NULL, 'b'), (3, NULL, '', 'c')")
          .to(kAll, kRows, "1\tx\tNULL\tb\n2\tx\tp\ta\n3\tNULL\t\tc"));
}

void add_references(std::vector<Case>& cases) {
  // MariaDB and MySQL would check row by row and refuse the first.
  cases.push_back(Case(113, "OwnParent", kAll,
                       "CREATE TABLE @t (id int PRIMARY KEY, v int); "
                       "INSERT INTO @t VALUES (1, 2), (2, NULL), (3, 3)")
                      .to(kAll, kRows, "1\t2\n2\tNULL\n3\t3")
                      .prepared("CREATE TABLE @t (id int PRIMARY KEY, v int, "
                                "FOREIGN KEY (v) REFERENCES @t (id))"));
  cases.push_back(
      Case(118, "NoKeyAndDuplicates", kAll,
           "CREATE TABLE @t (a int, b int); INSERT INTO @t VALUES (1, 1), (1, 1), (2, 2)")
          .to(kAll, "SELECT count(*), a, b FROM @t GROUP BY a, b ORDER BY a", "2\t1\t1\n1\t2\t2"));
}

}  // namespace

std::vector<Case> relation_cases() {
  std::vector<Case> cases;
  add_generated(cases);
  add_keys_of_sqlite(cases);
  add_references(cases);
  return cases;
}

}  // namespace crossload::testing
