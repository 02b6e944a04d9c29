// Cases 92, 93 and 102 to 112: what a table promises and does beyond its rows.

#include "case_text.h"
#include "fidelity_case.h"

namespace crossload::testing {
namespace {

const std::string kCount = "SELECT count(*) FROM @t";

void add_generated(std::vector<Case>& cases) {
  const std::string begin =
      "CREATE TABLE @t (id int PRIMARY KEY, a varchar(9), b varchar(9), "
      "w varchar(30) GENERATED ALWAYS AS (";
  const std::string rows =
      ") STORED); INSERT INTO @t (id, a, b) VALUES (1, 'x', NULL), (2, 'y', 'z')";
  const std::string later = "UPDATE @t SET b = 'new' WHERE id = 1; SELECT w FROM @t ORDER BY id";
  cases.push_back(
      Case(93, "FunctionsOfMysql", kM, begin + "CONCAT(a, '-', IFNULL(b, 'none'))" + rows)
          .to(kAll, "SELECT w FROM @t ORDER BY id; " + later, "x-none\ny-z\nx-new\ny-z"));
  cases.push_back(
      Case(93, "FunctionsOfOthers", kPS, begin + "a || '-' || coalesce(b, 'none')" + rows)
          .to(kAll, "SELECT w FROM @t ORDER BY id; " + later, "x-none\ny-z\nx-new\ny-z"));
  // Not known to mean the same elsewhere: the values arrive, and the expression is told.
  cases.push_back(
      Case(93, "JsonOfMysql", kM,
           "CREATE TABLE @t (id int PRIMARY KEY, v json, w varchar(9) GENERATED ALWAYS AS "
           "(json_length(v)) STORED); "
           "INSERT INTO @t (id, v) VALUES (1, '{\"a\": \"x\"}')")
          .to(kPS, "SELECT w FROM @t", "1")
          .told("json_length"));
}

void add_wide_rows(std::vector<Case>& cases) {
  const std::string many = "repeat('é', 10000)";
  cases.push_back(Case(102, "WideRow", kP,
                       "CREATE TABLE @t (id int PRIMARY KEY, a varchar(10000), b varchar(10000)); "
                       "INSERT INTO @t VALUES (1, " +
                           many + ", " + many + ")")
                      .to(kPM, "SELECT char_length(a), char_length(b) FROM @t", "10000\t10000")
                      .to(kS, "SELECT length(a), length(b) FROM @t", "10000\t10000"));
}

void add_defaults(std::vector<Case>& cases) {
  const std::string insert = "INSERT INTO @t (id) VALUES (1); ";
  const std::string others = "SELECT e, s, f FROM @t";
  cases.push_back(
      Case(104, "DefaultsOfPostgres", kP,
           "CREATE TABLE @t (id int PRIMARY KEY, e int DEFAULT (1 + 2), s text DEFAULT 'it''s', "
           "f boolean DEFAULT true, at timestamptz DEFAULT now(), day date DEFAULT current_date, "
           "u uuid DEFAULT gen_random_uuid())")
          .to(kP, insert + others + "; SELECT at <= now(), length(u::text) FROM @t",
              "3\tit's\tt\nt\t36")
          .to(kM, insert + others + "; SELECT at > '2020-01-01', length(u) FROM @t",
              "3\tit's\t1\n1\t36")
          .to(kS, insert + others + "; SELECT at > '2020-01-01', length(u) FROM @t",
              "3\tit's\t1\n1\t36"));
  cases.push_back(
      Case(104, "DefaultsOfMysql", kM,
           "CREATE TABLE @t (id int PRIMARY KEY, e int DEFAULT (1 + 2), s varchar(9) DEFAULT "
           "'it''s', "
           "f tinyint(1) DEFAULT 1, at datetime DEFAULT CURRENT_TIMESTAMP, b bit(1) DEFAULT b'1', "
           "u char(36) DEFAULT (uuid()))")
          // A flag of which no row says that it is 0 or 1 stays a number.
          .to(kP, insert + others + "; SELECT at > '2020-01-01', length(u), b FROM @t",
              "3\tit's\t1\nt\t36\tt")
          .to(kM, insert + others + "; SELECT at > '2020-01-01', length(u), b + 0 FROM @t",
              "3\tit's\t1\n1\t36\t1")
          .to(kS, insert + others + "; SELECT at > '2020-01-01', length(u), b FROM @t",
              "3\tit's\t1\n1\t36\t1"));
  // What stands between double quotes and is no column is a text to SQLite.
  cases.push_back(
      Case(104, "DefaultsOfSqlite", kS,
           "CREATE TABLE @t (id INTEGER PRIMARY KEY, e INTEGER DEFAULT (1 + 2), s TEXT DEFAULT "
           "\"it's\", f BOOLEAN DEFAULT 1, at DATETIME DEFAULT CURRENT_TIMESTAMP, "
           "y TEXT DEFAULT (strftime('%Y', 'now')))")
          .to(kP, insert + others + "; SELECT at > '2020-01-01' FROM @t", "3\tit's\tt\nt")
          .to(kMS, insert + others + "; SELECT at > '2020-01-01' FROM @t", "3\tit's\t1\n1"));
  cases.push_back(Case(104, "DefaultOfNoEngine", kP,
                       "CREATE TABLE @t (id int PRIMARY KEY, v text DEFAULT version())")
                      .to(kMS, insert + "SELECT v FROM @t", "NULL")
                      .told("version()"));
}

void add_checks(std::vector<Case>& cases) {
  const std::string good = "INSERT INTO @t VALUES (2, 99); " + kCount;
  cases.push_back(Case(105, "Check", kAll,
                       "CREATE TABLE @t (id int PRIMARY KEY, v int, CHECK (v > 0 AND v < 100)); "
                       "INSERT INTO @t VALUES (1, 5)")
                      .to(kAll, good, "2")
                      .refuses("INSERT INTO @t VALUES (3, 0)"));
  cases.push_back(Case(105, "DomainCheck", kP,
                       "CREATE DOMAIN @t_d AS int CHECK (VALUE > 0); "
                       "CREATE TABLE @t (id int PRIMARY KEY, v @t_d); INSERT INTO @t VALUES (1, 5)")
                      .to(kP, good, "2")
                      .refuses("INSERT INTO @t VALUES (3, 0)")
                      .to(kMS, good, "2"));
  cases.push_back(Case(105, "RegularExpression", kP,
                       "CREATE TABLE @t (id int PRIMARY KEY, v text, CHECK (v ~ '^[a-z]+$')); "
                       "INSERT INTO @t VALUES (1, 'abc')")
                      .to(kPM, kCount, "1")
                      .refuses("INSERT INTO @t VALUES (3, 'a1')")
                      .to(kS, kCount, "1")
                      .told("regular expression"));
  // The row that breaks the check arrives: it stays NOT VALID, or is left out where there is no
  // such thing.
  cases.push_back(
      Case(105, "NotValid", kP,
           "CREATE TABLE @t (id int PRIMARY KEY, v int); INSERT INTO @t VALUES (1, -5); "
           "ALTER TABLE @t ADD CONSTRAINT @t_c CHECK (v > 0) NOT VALID")
          .to(kP, kCount, "1")
          .refuses("INSERT INTO @t VALUES (3, 0)")
          .to(kMS, kCount, "1")
          .told("@t_c"));
}

void add_views(std::vector<Case>& cases) {
  const std::string table =
      "CREATE TABLE @t (id int PRIMARY KEY, v int); "
      "INSERT INTO @t VALUES (1, 1), (2, 2), (3, 3); ";
  const std::string read = "SELECT id FROM @t_a ORDER BY id";
  // Each needs one whose name comes behind its own.
  for (const auto& [places, quote] : {std::pair(kPS, "\""), std::pair(kM, "`")}) {
    const auto quoted = [q = std::string(quote)](const std::string& name) { return q + name + q; };
    cases.push_back(Case(106, "ViewOfAView", places,
                         table + "CREATE VIEW " + quoted("@t_b") + " AS SELECT id, v FROM " +
                             quoted("@t") + " WHERE v > 1; CREATE VIEW " + quoted("@t_a") +
                             " AS SELECT id FROM " + quoted("@t_b") + " WHERE v < 3")
                        .to(kPM, "UPDATE @t_b SET v = 2 WHERE id = 3; " + read, "2\n3")
                        .to(kS, read, "2"));
  }
  cases.push_back(Case(106, "ViewThatCannotBe", kP,
                       table +
                           "CREATE VIEW @t_v AS SELECT id FROM @t WHERE v = ANY (string_to_array("
                           "'1,2', ',')::int[])")
                      .to(kP, "SELECT count(*) FROM @t_v", "2")
                      .to(kMS, kCount, "3")
                      .told("not made: view @t_v"));
  cases.push_back(
      Case(106, "Materialized", kP,
           table + "CREATE MATERIALIZED VIEW @t_a AS SELECT id, v FROM @t WHERE v > 1; "
                   "CREATE UNIQUE INDEX @t_x ON @t_a (id DESC) WHERE v > 0")
          .to(kP,
              read + "; SELECT relkind FROM pg_class WHERE relname = '@t_a'; SELECT indexdef FROM "
                     "pg_indexes WHERE indexname = '@t_x'",
              "2\n3\nm\nCREATE UNIQUE INDEX @t_x ON public.@t_a USING btree (id DESC) WHERE (v > "
              "0)")
          .to(kMS, read, "2\n3")
          .told("@t_a")
          .told("not made: index @t_a.@t_x"));
}

void add_triggers(std::vector<Case>& cases) {
  const std::string tables =
      "CREATE TABLE @t (id int PRIMARY KEY, v int); "
      "CREATE TABLE @t_log (id int); ";
  const std::string rows = "; INSERT INTO @t VALUES (1, 1), (2, 2)";
  const std::string action = "INSERT INTO @t_log (id) VALUES (NEW.id);";
  const std::string seen =
      "SELECT count(*) FROM @t_log; INSERT INTO @t VALUES (3, 3); "
      "SELECT count(*), max(id) FROM @t_log";
  const auto add = [&](const Places& places, const std::string& trigger) {
    cases.push_back(Case(107, "Trigger", places, tables + trigger + rows)
                        .also({"@t_log"})
                        .to(kAll, seen, "2\n3\t3"));
  };
  add(kP, "CREATE FUNCTION @t_f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN " + action +
              " RETURN NEW; END $$; CREATE TRIGGER @t_g AFTER INSERT ON @t FOR EACH ROW EXECUTE "
              "FUNCTION @t_f()");
  add(kS, "CREATE TRIGGER @t_g AFTER INSERT ON @t FOR EACH ROW BEGIN " + action + " END");
  add(kM, "CREATE TRIGGER @t_g AFTER INSERT ON @t FOR EACH ROW " + action);
}

void add_comments(std::vector<Case>& cases) {
  const std::string of_postgres =
      "SELECT obj_description('@t'::regclass), col_description('@t'::regclass, 2)";
  const std::string of_mysql =
      "SELECT table_comment, column_comment FROM information_schema.tables JOIN "
      "information_schema.columns USING (table_schema, table_name) WHERE table_schema = database() "
      "AND table_name = '@t' AND column_name = 'v'";
  const std::string said = "it's\tcaf\xC3\xA9";
  cases.push_back(
      Case(108, "Comments", kP,
           "CREATE TABLE @t (id int PRIMARY KEY, v int); COMMENT ON TABLE @t IS 'it''s'; "
           "COMMENT ON COLUMN @t.v IS 'café'")
          .to(kP, of_postgres, said)
          .to(kM, of_mysql, said)
          .to(kS, kCount, "0")
          .told("comment"));
  cases.push_back(
      Case(108, "Comments", kM,
           "CREATE TABLE @t (id int PRIMARY KEY, v int COMMENT 'café') COMMENT = 'it''s'")
          .to(kP, of_postgres, said)
          .to(kM, of_mysql, said)
          .to(kS, kCount, "0")
          .told("comment"));
  // MySQL and MariaDB keep comments in characters of three bytes.
  cases.push_back(Case(108, "CommentOfFourBytes", kP,
                       "CREATE TABLE @t (id int PRIMARY KEY, v int); COMMENT ON TABLE @t IS '😀'; "
                       "COMMENT ON COLUMN @t.v IS '😀'")
                      .to(kP, of_postgres, "😀\t😀")
                      .to(kM, of_mysql, "\t")
                      .told("comment"));
}

void add_kinds_of_tables(std::vector<Case>& cases) {
  const std::string rows = "INSERT INTO @t VALUES (1, 1), (50, 2), (1000, 3)";
  cases.push_back(
      Case(109, "Partitions", kP,
           "CREATE TABLE @t (id int PRIMARY KEY, v int) PARTITION BY RANGE (id); "
           "CREATE TABLE @t_1 PARTITION OF @t FOR VALUES FROM (1) TO (100); "
           "CREATE TABLE @t_d PARTITION OF @t DEFAULT; " +
               rows)
          .also({"@t_1", "@t_d"})
          .to(kP, kCount + "; SELECT count(*) FROM ONLY @t; SELECT count(*) FROM @t_1", "3\n0\n2")
          .to(kMS, kCount, "3")
          .told("@t"));
  cases.push_back(
      Case(109, "Inheritance", kP,
           "CREATE TABLE @t (id int PRIMARY KEY, v int); CREATE TABLE @t_c (w int) INHERITS "
           "(@t); INSERT INTO @t VALUES (1, 1); INSERT INTO @t_c VALUES (2, 2, 2)")
          .also({"@t_c"})
          .to(kP, kCount + "; SELECT count(*) FROM ONLY @t; SELECT count(*) FROM @t_c", "2\n1\n1")
          .to(kMS, kCount + "; SELECT count(*) FROM @t_c", "1\n1")
          .told("@t_c: inherits from no table"));
  cases.push_back(Case(109, "Unlogged", kP,
                       "CREATE UNLOGGED TABLE @t (id int PRIMARY KEY); INSERT "
                       "INTO @t VALUES (1)")
                      .to(kAll, kCount, "1"));
  cases.push_back(
      Case(109, "RowSecurity", kP,
           "CREATE TABLE @t (id int PRIMARY KEY, v int); ALTER TABLE @t ENABLE ROW LEVEL "
           "SECURITY; CREATE POLICY @t_p ON @t USING (v > 1); " +
               rows)
          .to(kAll, kCount, "3"));
}

void add_constraints(std::vector<Case>& cases) {
  cases.push_back(
      Case(111, "Exclusion", kP,
           "CREATE TABLE @t (id int PRIMARY KEY, v int4range, CONSTRAINT @t_x EXCLUDE USING "
           "gist (v WITH &&)); INSERT INTO @t VALUES (1, '[1,5)')")
          .to(kP, kCount, "1")
          .refuses("INSERT INTO @t VALUES (2, '[4,6)')")
          .to(kMS, kCount, "1")
          .told("@t_x"));
  const std::string late = "BEGIN; INSERT INTO @t VALUES (10, 11), (11, NULL); COMMIT; " + kCount;
  cases.push_back(
      Case(111, "Deferrable", kPS,
           "CREATE TABLE @t (id int PRIMARY KEY, p int, CONSTRAINT @t_k FOREIGN KEY (p) "
           "REFERENCES @t (id) DEFERRABLE INITIALLY DEFERRED); "
           "INSERT INTO @t VALUES (1, 1)")
          .to(kP, late, "3")
          .refuses("INSERT INTO @t VALUES (20, 21)")
          .to(kS, "PRAGMA foreign_keys = ON; " + late, "3")
          .refuses("PRAGMA foreign_keys = ON; INSERT INTO @t VALUES (20, 21)")
          .to(kM, kCount, "1")
          .refuses("INSERT INTO @t VALUES (20, 21)")
          .told("@t"));
  cases.push_back(Case(111, "NullsNotDistinct", kP,
                       "CREATE TABLE @t (id int PRIMARY KEY, v int UNIQUE NULLS NOT DISTINCT); "
                       "INSERT INTO @t VALUES (1, NULL)")
                      .to(kP, kCount, "1")
                      .refuses("INSERT INTO @t VALUES (2, NULL)")
                      .to(kMS, "INSERT INTO @t VALUES (2, NULL); " + kCount, "2"));
  // Only one of the columns is set to NULL; the other cannot be.
  cases.push_back(
      Case(111, "SetNullOfOneColumn", kP,
           "CREATE TABLE @t_p (a int, b int, PRIMARY KEY (a, b)); "
           "CREATE TABLE @t (id int PRIMARY KEY, a int NOT NULL, b int, FOREIGN KEY (a, b) "
           "REFERENCES @t_p ON DELETE SET NULL (b)); INSERT INTO @t_p VALUES (1, 1); "
           "INSERT INTO @t VALUES (1, 1, 1)")
          .also({"@t_p"})
          .to(kP, "DELETE FROM @t_p; " + kRows, "1\t1\tNULL")
          .to(kMS, kCount, "1")
          .told("SET NULL (b)"));
  cases.push_back(
      Case(111, "MatchFull", kP,
           "CREATE TABLE @t_p (a int, b int, PRIMARY KEY (a, b)); "
           "CREATE TABLE @t (id int PRIMARY KEY, a int, b int, FOREIGN KEY (a, b) REFERENCES @t_p "
           "MATCH FULL); INSERT INTO @t_p VALUES (1, 1); "
           "INSERT INTO @t VALUES (1, 1, 1), (2, NULL, NULL)")
          .also({"@t_p"})
          .to(kP, kCount, "2")
          .refuses("INSERT INTO @t VALUES (3, 1, NULL)")
          .to(kMS, "INSERT INTO @t VALUES (3, 1, NULL); " + kCount, "3")
          .told("MATCH FULL"));
}

void add_empty_tables(std::vector<Case>& cases) {
  const std::string cycle = "; ALTER TABLE @t ADD FOREIGN KEY (p) REFERENCES @t_b (id)";
  const std::string first =
      "CREATE TABLE @t_b (id int PRIMARY KEY, p int, FOREIGN KEY (p) REFERENCES @t "
      "(id))";
  const std::string second = "CREATE TABLE @t (id int PRIMARY KEY, p int";
  const std::string refused = "INSERT INTO @t VALUES (1, 1)";
  for (const Places& places : {kPM, kS}) {
    const bool lite = places == kS;
    cases.push_back(Case(112, "EmptyCycle", places,
                         lite ? second + ", FOREIGN KEY (p) REFERENCES @t_b (id)); " + first
                              : second + "); " + first + cycle)
                        .also({"@t_b"})
                        .to(kPM, kCount + "; SELECT count(*) FROM @t_b", "0\n0")
                        .refuses(refused)
                        .to(kS, kCount + "; SELECT count(*) FROM @t_b", "0\n0")
                        .refuses("PRAGMA foreign_keys = ON; " + refused));
  }
}

}  // namespace

std::vector<Case> object_cases() {
  std::vector<Case> cases;
  add_generated(cases);
  add_wide_rows(cases);
  add_defaults(cases);
  add_checks(cases);
  add_views(cases);
  add_triggers(cases);
  add_comments(cases);
  add_kinds_of_tables(cases);
  add_constraints(cases);
  add_empty_tables(cases);
  return cases;
}

}  // namespace crossload::testing
