// Cases 87 to 101: names, numbering and indexes, asked of the target by inserting into it.

#include "case_text.h"
#include "fidelity_case.h"

namespace crossload::testing {
namespace {

const std::string kNext = "INSERT INTO @t (v) VALUES ('next'); SELECT id FROM @t WHERE v = 'next'";
const Places kPMyS = {Place::kPostgres, Place::kMysql, Place::kSqlite};

/// Names of many bytes: `count` times "é".
std::string long_name(int count) {
  std::string name;
  for (int i = 0; i < count; ++i) name += "é";
  return name;
}

void add_long_names(std::vector<Case>& cases) {
  // 65 bytes that differ in the last one; 64 characters, 128 bytes.
  const std::string begin = "c87_" + long_name(30);
  const std::string whole = long_name(64);
  const std::string tables = "CREATE TABLE @t (id int); CREATE TABLE " + begin +
                             "a (id int); CREATE TABLE " + begin + "b (id int); CREATE TABLE " +
                             whole + " (id int); INSERT INTO " + begin +
                             "a VALUES (1); INSERT INTO " + begin + "b VALUES (2), (3)";
  const std::string all = "SELECT count(*) FROM " + begin + "a; SELECT count(*) FROM " + begin +
                          "b; SELECT count(*) FROM " + whole;
  cases.push_back(
      Case(87, "LongNames", kMS, tables)
          .also({begin + "a", begin + "b", whole})
          .to(kMS, all, "1\n2\n0")
          .to(kP,
              "SELECT count(DISTINCT relname), max(octet_length(relname)) FROM pg_class WHERE "
              "relkind = 'r' AND relname LIKE '%éé%' AND reltuples >= 0",
              "3\t63"));
  const std::string columns = "CREATE TABLE @t (id int PRIMARY KEY, " + long_name(32) + "a int, " +
                              long_name(32) + "b int); INSERT INTO @t VALUES (1, 2, 3)";
  cases.push_back(
      Case(88, "LongColumns", kMS, columns).to(kMS, kRows, "1\t2\t3").to(kP, kRows, "1\t2\t3"));
  cases.push_back(
      Case(88, "SameIndexName", kM,
           "CREATE TABLE @t (id int PRIMARY KEY, v int, KEY the_same (v)); "
           "CREATE TABLE @t_b (id int PRIMARY KEY, v int, KEY the_same (v))")
          .also({"@t_b"})
          .to(kP,
              "SELECT count(DISTINCT indexname) FROM pg_indexes WHERE tablename LIKE '@t%' AND "
              "indexdef LIKE '%(v)'",
              "2")
          .to(kM,
              "SELECT count(*) FROM information_schema.statistics WHERE table_schema = database() "
              "AND table_name LIKE '@t%' AND index_name = 'the_same'",
              "2")
          .to(kS,
              "SELECT count(DISTINCT name) FROM sqlite_schema WHERE type = 'index' AND tbl_name "
              "LIKE '@t%' AND sql LIKE '%(\"v\")'",
              "2"));
}

void add_names(std::vector<Case>& cases) {
  const std::string mixed =
      "CREATE TABLE @t (id int PRIMARY KEY, x int, \"X\" int); INSERT INTO @t VALUES (1, 2, 3); "
      "CREATE TABLE \"@t_M\" (id int); CREATE TABLE \"@t_m\" (id int); "
      "INSERT INTO \"@t_M\" VALUES (1); INSERT INTO \"@t_m\" VALUES (1), (2)";
  cases.push_back(
      Case(89, "MixedCase", kP, mixed)
          .also({"@t_M", "@t_m"})
          .to(kP,
              "SELECT x, \"X\" FROM @t; SELECT count(*) FROM \"@t_M\"; SELECT count(*) FROM "
              "\"@t_m\"",
              "2\t3\n1\n2")
          .to(kM,
              kRows + "; SELECT count(*) FROM information_schema.tables WHERE table_schema = "
                      "database() AND lower(table_name) LIKE '@t\\_m%'",
              "1\t2\t3\n2")
          .told("X")
          .to(kS,
              kRows + "; SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name LIKE "
                      "'@t_m%'",
              "1\t2\t3\n2")
          .told("X"));
  const std::vector<std::string> names = {"order", "select", "interval", "user", "rank", "groups",
                                          "key",   "a b",    "a-b",      "a.b",  "it's", "ü"};
  const auto columns = [&](const std::string& quote) {
    std::string list;
    for (const std::string& name : names) list += ", " + quote + name + quote + " int DEFAULT 7";
    return "CREATE TABLE @t (id int PRIMARY KEY" + list + "); INSERT INTO @t (id) VALUES (1)";
  };
  const auto query = [&](const std::string& quote) {
    std::string list;
    for (const std::string& name : names) {
      list += (list.empty() ? "" : " + ") + ("@t." + quote) + name + quote;
    }
    return "SELECT " + list + " FROM @t";
  };
  for (const auto& [places, quote] : {std::pair(kPS, "\""), std::pair(kM, "`")}) {
    cases.push_back(Case(90, "Words", places, columns(quote))
                        .to(kPS, query("\""), "84")
                        .to(kM, query("`"), "84"));
  }
  cases.push_back(Case(90, "Quotes", kPS,
                       "CREATE TABLE @t (id int PRIMARY KEY, \"a\"\"b\" int, \"a`b\" int); "
                       "INSERT INTO @t VALUES (1, 2, 3)")
                      .to(kPS, "SELECT \"a\"\"b\", \"a`b\" FROM @t", "2\t3")
                      .to(kM, "SELECT `a\"b`, `a``b` FROM @t", "2\t3"));
  // MySQL's and MariaDB's identifiers have no characters of four bytes.
  cases.push_back(Case(90, "Emoji", kPS,
                       "CREATE TABLE @t (id int PRIMARY KEY, \"😀\" int); "
                       "INSERT INTO @t VALUES (1, 2)")
                      .to(kPS, "SELECT \"😀\" FROM @t", "2")
                      .to(kM, kRows, "1\t2")
                      .told("😀"));
}

void add_numbering(std::vector<Case>& cases) {
  // The largest is gone, and its number is not given again.
  const std::string after = "DELETE FROM @t WHERE id = 5; " + kNext;
  const std::string five = "(5, 'five')";
  cases.push_back(Case(94, "IdentityAlways", kP,
                       "CREATE TABLE @t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v text); "
                       "INSERT INTO @t OVERRIDING SYSTEM VALUE VALUES " +
                           five)
                      .to(kP, after, "6")
                      .refuses("INSERT INTO @t VALUES (9, 'given')")
                      .to(kMS, after, "6"));
  cases.push_back(
      Case(94, "Serial", kP,
           "CREATE TABLE @t (id serial PRIMARY KEY, v text); INSERT INTO @t VALUES " + five)
          .to(kAll, after, "6"));
  cases.push_back(Case(94, "AutoIncrement", kM,
                       "CREATE TABLE @t (id int AUTO_INCREMENT PRIMARY KEY, v varchar(9)); "
                       "INSERT INTO @t VALUES " +
                           five)
                      .to(kAll, after, "6"));
  cases.push_back(Case(94, "Autoincrement", kS,
                       "CREATE TABLE @t (id INTEGER PRIMARY KEY AUTOINCREMENT, v TEXT); "
                       "INSERT INTO @t VALUES " +
                           five)
                      .to(kAll, after, "6"));
  const std::string identity =
      "CREATE TABLE @t (id int GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, v text)";
  cases.push_back(Case(95, "EmptyIdentity", kP, identity).to(kAll, kNext, "1"));
  cases.push_back(Case(95, "EmptyAutoIncrement", kM,
                       "CREATE TABLE @t (id int AUTO_INCREMENT PRIMARY KEY, v varchar(9))")
                      .to(kAll, kNext, "1"));
  cases.push_back(Case(95, "EmptyAutoincrement", kS,
                       "CREATE TABLE @t (id INTEGER PRIMARY KEY AUTOINCREMENT, v TEXT)")
                      .to(kAll, kNext, "1"));
  // What was handed out and is gone is not handed out again.
  const std::string gone =
      "; INSERT INTO @t VALUES (1, 'a'), (100, 'gone'); DELETE FROM @t WHERE id = 100";
  cases.push_back(Case(95, "GapOfIdentity", kP,
                       identity + "; INSERT INTO @t (v) VALUES ('a'); "
                                  "SELECT setval('@t_id_seq', 100)")
                      .to(kAll, kNext, "101"));
  cases.push_back(Case(95, "GapOfAutoIncrement", kM,
                       "CREATE TABLE @t (id int AUTO_INCREMENT PRIMARY KEY, v varchar(9))" + gone)
                      .to(kAll, kNext, "101"));
  cases.push_back(Case(95, "GapOfAutoincrement", kS,
                       "CREATE TABLE @t (id INTEGER PRIMARY KEY AUTOINCREMENT, v TEXT)" + gone)
                      .to(kAll, kNext, "101"));
  cases.push_back(Case(95, "Tens", kP,
                       "CREATE TABLE @t (id int GENERATED BY DEFAULT AS IDENTITY (START WITH 10 "
                       "INCREMENT BY 10) PRIMARY KEY, v text); "
                       "INSERT INTO @t (v) VALUES ('a'), ('b')")
                      .to(kP, kNext, "30")
                      .to(kMS, kNext, "21"));
  cases.push_back(Case(95, "SharedSequence", kP,
                       "CREATE SEQUENCE @t_s; "
                       "CREATE TABLE @t (id int PRIMARY KEY DEFAULT nextval('@t_s'), v text); "
                       "CREATE TABLE @t_b (id int PRIMARY KEY DEFAULT nextval('@t_s'), v text); "
                       "INSERT INTO @t (v) VALUES ('a'); INSERT INTO @t_b (v) VALUES ('b')")
                      .also({"@t_b"})
                      .to(kP, kNext, "3"));
  cases.push_back(Case(96, "Zero", kM,
                       "SET sql_mode = 'NO_AUTO_VALUE_ON_ZERO'; "
                       "CREATE TABLE @t (id int AUTO_INCREMENT PRIMARY KEY, v varchar(9)); "
                       "INSERT INTO @t VALUES (0, 'zero'), (3, 'c')")
                      .to(kAll, kNext + "; SELECT id FROM @t ORDER BY id", "4\n0\n3\n4"));
  const std::string ends =
      "CREATE TABLE @t (id INTEGER PRIMARY KEY AUTOINCREMENT, v TEXT); "
      "INSERT INTO @t VALUES (-5, 'a'), (9223372036854775807, 'b')";
  cases.push_back(Case(97, "LargestRowid", kS, ends)
                      .to(kAll, "SELECT id FROM @t ORDER BY id", "-5\n9223372036854775807")
                      .refuses("INSERT INTO @t (v) VALUES ('next')"));
}

void add_partial_indexes(std::vector<Case>& cases) {
  const std::string outside = "INSERT INTO @t VALUES (4, 1, -1); SELECT count(*) FROM @t";
  cases.push_back(
      Case(99, "PartialUnique", kPS,
           "CREATE TABLE @t (id int PRIMARY KEY, a int, b int); "
           "CREATE UNIQUE INDEX @t_u ON @t (a) WHERE b > 0; "
           "INSERT INTO @t VALUES (1, 1, 0), (2, 1, 0), (3, 1, 1)")
          .to(kPMyS, outside, "4")
          .refuses("INSERT INTO @t VALUES (5, 1, 2)")
          .to(kMa, "INSERT INTO @t VALUES (4, 1, -1), (5, 1, 2); SELECT count(*) FROM @t", "5")
          .told("@t_u"));
  cases.push_back(Case(100, "LowerUnique", kPS,
                       "CREATE TABLE @t (id int PRIMARY KEY, a varchar(20)); "
                       "CREATE UNIQUE INDEX @t_u ON @t (lower(a)); "
                       "INSERT INTO @t VALUES (1, 'abc')")
                      .to(kPMyS, "INSERT INTO @t VALUES (2, 'abd'); SELECT count(*) FROM @t", "2")
                      .refuses("INSERT INTO @t VALUES (3, 'ABC')")
                      .to(kMa, "SELECT count(*) FROM @t", "1")
                      .told("@t_u"));
}

void add_indexes(std::vector<Case>& cases) {
  const std::string of_postgres = "SELECT indexdef FROM pg_indexes WHERE indexname = '@t_";
  const std::string of_mysql =
      "SELECT group_concat(column_name, ':', collation, ':', coalesce(sub_part, '-'), ':', "
      "index_type ORDER BY seq_in_index) FROM information_schema.statistics WHERE table_schema = "
      "database() AND index_name = '@t_";
  const std::string of_sqlite =
      "SELECT sql FROM sqlite_schema WHERE type = 'index' AND name = '@t_";
  const std::string table = "CREATE TABLE @t (id int PRIMARY KEY, a varchar(20), b int)";
  cases.push_back(
      Case(100, "Descending", kAll, table + "; CREATE INDEX @t_d ON @t (b DESC, a)")
          .to(kP, of_postgres + "d'", "CREATE INDEX @t_d ON public.@t USING btree (b DESC, a)")
          .to(kM, of_mysql + "d'", "b:D:-:BTREE,a:A:-:BTREE")
          .to(kS,
              "SELECT count(*) FROM sqlite_schema WHERE name = '@t_d' AND sql LIKE '%b% DESC, %a%'",
              "1"));
  cases.push_back(
      Case(100, "Include", kP, table + "; CREATE INDEX @t_i ON @t (a) INCLUDE (b)")
          .to(kP, of_postgres + "i'", "CREATE INDEX @t_i ON public.@t USING btree (a) INCLUDE (b)")
          .to(kM, of_mysql + "i'", "a:A:-:BTREE")
          .told("@t_i")
          .to(kS, of_sqlite + "i'", "CREATE INDEX \"@t_i\" ON \"@t\" (\"a\")")
          .told("@t_i"));
  cases.push_back(
      Case(100, "Prefix", kM,
           "CREATE TABLE @t (id int PRIMARY KEY, a varchar(20), KEY @t_p (a(3)))")
          .to(kP, of_postgres + "p'",
              "CREATE INDEX @t_p ON public.@t USING btree (\"left\"((a)::text, 3))")
          .to(kM, of_mysql + "p'", "a:A:3:BTREE")
          .to(kS, of_sqlite + "p'", "CREATE INDEX \"@t_p\" ON \"@t\" (substr(\"a\", 1, 3))"));
  cases.push_back(
      Case(100, "Fulltext", kM,
           "CREATE TABLE @t (id int PRIMARY KEY, a text, FULLTEXT KEY @t_f (a))")
          .to(kP,
              "SELECT indexdef LIKE '%USING gin (to_tsvector(%' FROM pg_indexes WHERE indexname = "
              "'@t_f'",
              "t")
          .to(kM,
              "SELECT index_type FROM information_schema.statistics WHERE table_schema = "
              "database() AND index_name = '@t_f'",
              "FULLTEXT")
          .to(kS, "SELECT count(*) FROM @t", "0")
          .told("@t_f"));
  cases.push_back(
      Case(100, "Gin", kP,
           "CREATE TABLE @t (id int PRIMARY KEY, v jsonb); "
           "CREATE INDEX @t_g ON @t USING gin (v jsonb_path_ops)")
          .to(kP, of_postgres + "g'", "CREATE INDEX @t_g ON public.@t USING gin (v jsonb_path_ops)")
          .to(kMS, "SELECT count(*) FROM @t", "0")
          .told("@t_g"));
}

void add_text_keys(std::vector<Case>& cases) {
  const std::string table = "CREATE TABLE @t (id text PRIMARY KEY); INSERT INTO @t VALUES ('";
  const std::string key(700, 'k');
  cases.push_back(Case(101, "TextKey", kPS, table + key + "')")
                      .to(kPS, "SELECT id FROM @t", key)
                      .refuses("INSERT INTO @t VALUES ('" + key + "')")
                      .to(kM, "SELECT id FROM @t", key)
                      .refuses("INSERT INTO @t VALUES (repeat('k', 769))"));
  // Longer than a key of InnoDB: the row is rejected, never cut.
  const std::string longer(1000, 'k');
  cases.push_back(Case(101, "LongTextKey", kPS, table + longer + "')")
                      .to(kPS, "SELECT id FROM @t", longer)
                      .to(kM, "SELECT count(*) FROM @t", "0")
                      .from(kP)
                      .rejects(longer + ":too_long")
                      .to(kM, "SELECT count(*) FROM @t", "0")
                      .from(kS)
                      .rejects("1:too_long"));
}

}  // namespace

std::vector<Case> key_cases() {
  std::vector<Case> cases;
  add_long_names(cases);
  add_names(cases);
  add_numbering(cases);
  add_partial_indexes(cases);
  add_indexes(cases);
  add_text_keys(cases);
  return cases;
}

}  // namespace crossload::testing
