#include <random>

#include <gmock/gmock.h>

#include "sqlite_file.h"

namespace crossload::testing {
namespace {

using namespace driver;

class SqliteLoad : public SqliteFile {
 protected:
  static std::string pragma(Connection& connection, const std::string& name) {
    return text(connection, "SELECT * FROM pragma_" + name);
  }
};

TEST_F(SqliteLoad, FiresNoTriggersUnlessAsked) {
  script(
      "CREATE TABLE t (a); CREATE TABLE log (a); CREATE TRIGGER g AFTER INSERT ON t BEGIN INSERT "
      "INTO log VALUES (1); END;"
      "CREATE TRIGGER d AFTER DELETE ON t BEGIN INSERT INTO log VALUES (2); END;");
  const auto connection = open_to_write();
  {
    const auto load = connection->prepare_load({});
    write(*connection, into(*connection, "t"), {{std::int64_t{1}}});
    load->empty_table({"", "t"});
    load->finish();
  }
  EXPECT_EQ(text(*connection, "SELECT count(*) FROM log"), "0");
  {
    const auto load = connection->prepare_load({true, false});
    write(*connection, into(*connection, "t"), {{std::int64_t{1}}});
  }
  EXPECT_EQ(text(*connection, "SELECT count(*) FROM log"), "1");
  write(*connection, into(*connection, "t"), {{std::int64_t{1}}});
  EXPECT_EQ(text(*connection, "SELECT count(*) FROM log"), "2") << "they fire again after the load";
}

/// Tables in attached files: which of them a load copies without looking into the records.
struct WholeCopy {
  const char* name;
  const char* source;
  const char* target;
  bool whole;
};
void PrintTo(const WholeCopy& copy, std::ostream* out) {
  *out << copy.name;
}

class SqliteWholeCopy : public SqliteLoad, public ::testing::WithParamInterface<WholeCopy> {};

TEST_P(SqliteWholeCopy, IsDoneWhereNothingWouldHaveToBeChecked) {
  const std::string file = (folder_.path() / "source.db").string();
  run_sql(file, GetParam().source);
  run_sql(file, "INSERT INTO t (id, v) VALUES (7, 'a' || char(0) || 'b'), (-3, x'ff'), (9, 1e999)");
  script(GetParam().target);
  const auto connection = open_to_write();
  const auto source =
      driver_->connect(endpoint(), driver_->resolve(endpoint(), "source.db", false), {});
  const auto load = connection->prepare_load({});
  const bool attached = load->attach(driver_->resolve(endpoint(), "source.db", false));
  const auto transaction = connection->begin(TransactionMode::kWrite);
  const auto rows = load->copy_whole(source->catalog().describe({"", "t"}),
                                     connection->catalog().describe({"", "t"}));
  transaction->commit();
  EXPECT_EQ(attached && rows.has_value(), GetParam().whole);
  load->finish();
  if (GetParam().whole) {
    EXPECT_EQ(rows, 3u);
    EXPECT_THAT(compare_databases(file, path()), ::testing::IsEmpty());
  } else {
    EXPECT_EQ(query_text(path(), "SELECT count(*) FROM t"), "0");
  }
  EXPECT_EQ(text(*connection, "SELECT count(*) FROM pragma_database_list"), "1") << "detached";
}

constexpr const char* kPlain = "CREATE TABLE t (id INTEGER PRIMARY KEY, v)";
const WholeCopy kWholeCopies[] = {
    {"Plain", kPlain, kPlain, true},
    {"OtherWords", kPlain, "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)", false},
    {"Index", "CREATE TABLE t (id INTEGER PRIMARY KEY, v); CREATE INDEX i ON t (v)",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, v); CREATE INDEX i ON t (v)", false},
    {"Check", "CREATE TABLE t (id INTEGER PRIMARY KEY, v CHECK (1))",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, v CHECK (1))", false},
    {"Generated", "CREATE TABLE t (id INTEGER PRIMARY KEY, v, g AS (id))",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, v, g AS (id))", false},
    {"Strict", "CREATE TABLE t (id INTEGER PRIMARY KEY, v ANY) STRICT",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, v ANY) STRICT", false},
    {"WithoutRowid", "CREATE TABLE t (id INTEGER PRIMARY KEY, v) WITHOUT ROWID",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, v) WITHOUT ROWID", false},
    {"WriteAheadLog", "PRAGMA journal_mode=WAL; CREATE TABLE t (id INTEGER PRIMARY KEY, v)", kPlain,
     false},
    {"OtherEncoding", "PRAGMA encoding='UTF-16le'; CREATE TABLE t (id INTEGER PRIMARY KEY, v)",
     kPlain, false},
};
INSTANTIATE_TEST_SUITE_P(Tables, SqliteWholeCopy, ::testing::ValuesIn(kWholeCopies),
                         [](const auto& test) { return std::string(test.param.name); });

TEST_F(SqliteLoad, PutsEverySettingBackAndLeavesTheFilesOwnAlone) {
  for (const char* journal : {"delete", "wal", "persist"}) {
    script(std::string("PRAGMA journal_mode=") + journal);
    const auto connection = open_to_write();
    execute(*connection, "PRAGMA foreign_keys=1");
    execute(*connection, "PRAGMA cache_size=-3000");
    const std::string synchronous = pragma(*connection, "synchronous");
    for (const bool finished : {true, false}) {
      const auto load = connection->prepare_load({false, true});
      EXPECT_EQ(pragma(*connection, "foreign_keys"), "0");
      EXPECT_EQ(pragma(*connection, "synchronous"), "0");
      if (finished) load->finish();
    }
    EXPECT_EQ(pragma(*connection, "foreign_keys"), "1");
    EXPECT_EQ(pragma(*connection, "synchronous"), synchronous);
    EXPECT_EQ(pragma(*connection, "cache_size"), "-3000");
    if (std::string(journal) != "persist") {
      EXPECT_EQ(query_text(path(), "PRAGMA journal_mode"), journal);
    }
  }
}

TEST_F(SqliteLoad, KeepsCommitsAsSafeAsTheFileHadThemUnlessItIsTheJobsOwn) {
  const auto connection = open_to_write();
  const std::string before = pragma(*connection, "synchronous");
  const auto load = connection->prepare_load({});
  EXPECT_EQ(pragma(*connection, "synchronous"), before);
}

TEST_F(SqliteLoad, CannotBeginInsideATransaction) {
  script("CREATE TABLE t (a)");
  const auto connection = open_to_write();
  const auto transaction = connection->begin(TransactionMode::kWrite);
  EXPECT_EQ(error_of([&] { connection->prepare_load({}); }).code(), ErrorCode::kInvalidArgument);
}

TEST_F(SqliteLoad, WritesTheTablesBehindAVirtualTable) {
  script("CREATE VIRTUAL TABLE ft USING fts5(body); INSERT INTO ft VALUES ('hello world')");
  const std::vector<Row> content = fetch_all(*open(), "SELECT * FROM ft_content");
  const std::vector<Row> data = fetch_all(*open(), "SELECT * FROM ft_data");
  const std::vector<Row> index = fetch_all(*open(), "SELECT * FROM ft_idx");
  const std::vector<Row> sizes = fetch_all(*open(), "SELECT * FROM ft_docsize");
  script("DELETE FROM ft");
  const auto connection = open_to_write();
  EXPECT_THROW(write(*connection, into(*connection, "ft_content"), content), Error)
      << "only in a load";
  const auto load = connection->prepare_load({});
  for (const auto& [table, rows] : {std::pair{"ft_content", &content}, std::pair{"ft_data", &data},
                                    std::pair{"ft_idx", &index}, std::pair{"ft_docsize", &sizes}}) {
    load->empty_table({"", table});
    EXPECT_TRUE(write(*connection, into(*connection, table), *rows).empty());
  }
  load->finish();
  EXPECT_EQ(query_text(path(), "SELECT body FROM ft WHERE ft MATCH 'world'"), "hello world");
}

TEST_F(SqliteLoad, NumbersRowsOnWhereTheSourceStopped) {
  script("CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a)");
  const auto connection = open_to_write();
  const auto load = connection->prepare_load({});
  load->advance_identity(connection->catalog().describe({"", "t"}), 41);
  load->finish();
  execute(*connection, "INSERT INTO t (a) VALUES ('x')");
  EXPECT_EQ(text(*connection, "SELECT id FROM t"), "42");
  EXPECT_EQ(text(*connection, "SELECT count(*) FROM sqlite_sequence"), "1");
}

class SqliteForeignKeys : public SqliteLoad {
 protected:
  struct Found {
    FkReport report;
    std::vector<FkOrphan> orphans;
  };
  Found check(const std::vector<std::string>& tables) {
    const auto connection = open_to_write();
    const auto load = connection->prepare_load({});
    std::vector<TableName> names;
    for (const std::string& table : tables) names.push_back({"", table});
    Found found;
    found.report = load->check_foreign_keys(
        names, [&](const FkOrphan& orphan) { found.orphans.push_back(orphan); });
    EXPECT_EQ(found.report.orphans, found.orphans.size());
    return found;
  }
  std::string by_pragma(const std::string& table) {
    return query_text(path(), "SELECT count(*) FROM pragma_foreign_key_check('" + table + "')");
  }
};

TEST_F(SqliteForeignKeys, AgreesWithTheEngineOnValuesOfEveryClass) {
  std::mt19937 random(11);
  const std::vector<std::string> values = {"1",
                                           "'1'",
                                           "1.0",
                                           "'01'",
                                           "'a'",
                                           "'A'",
                                           "x'31'",
                                           "NULL",
                                           "'1.0'",
                                           "2",
                                           "'2 '",
                                           "-0.0",
                                           "0",
                                           "9007199254740993",
                                           "9007199254740992.0"};
  const std::vector<std::string> types = {"",
                                          "TEXT",
                                          "INTEGER",
                                          "REAL",
                                          "NUMERIC",
                                          "BLOB",
                                          "TEXT COLLATE NOCASE",
                                          "TEXT COLLATE RTRIM"};
  for (int round = 0; round < 40; ++round) {
    const auto pick = [&](const std::vector<std::string>& from) {
      return from[random() % from.size()];
    };
    const bool without_rowid = random() % 2 == 0;
    std::string sql = "BEGIN; DROP TABLE IF EXISTS c; DROP TABLE IF EXISTS p; CREATE TABLE p (k " +
                      pick(types) + " UNIQUE);";
    sql += "CREATE TABLE c (id INTEGER PRIMARY KEY, r " + pick(types) + " REFERENCES p (k))" +
           (without_rowid ? " WITHOUT ROWID;" : ";");
    for (int i = 0; i < 4; ++i) sql += "INSERT OR IGNORE INTO p VALUES (" + pick(values) + ");";
    for (int i = 0; i < 12; ++i)
      sql += "INSERT INTO c VALUES (" + std::to_string(i) + ", " + pick(values) + ");";
    script(sql + "COMMIT;");
    EXPECT_EQ(std::to_string(check({"c"}).report.orphans), by_pragma("c")) << sql;
  }
}

TEST_F(SqliteForeignKeys, NamesOrphansOfTablesWithAndWithoutRowid) {
  script(R"sql(
      CREATE TABLE p (id INTEGER PRIMARY KEY); INSERT INTO p VALUES (1);
      CREATE TABLE plain (r REFERENCES p); INSERT INTO plain (rowid, r) VALUES (7, 9);
      CREATE TABLE keyed (a, b, r REFERENCES p, PRIMARY KEY (a, b)) WITHOUT ROWID; INSERT INTO keyed VALUES ('x', 2, 9);)sql");
  const Found found = check({"plain", "keyed"});
  ASSERT_EQ(found.orphans.size(), 2U);
  EXPECT_EQ(found.orphans[0].key[0].first, "rowid");
  EXPECT_EQ(found.orphans[0].key[0].second, Value(std::int64_t{7}));
  ASSERT_EQ(found.orphans[1].key.size(), 2U);
  EXPECT_EQ(found.orphans[1].key[0].second, Value(std::string("x")));
  EXPECT_EQ(found.orphans[1].value[0].second, Value(std::int64_t{9}));
  EXPECT_EQ(found.orphans[1].referenced_columns, std::vector<std::string>{"id"});
}

TEST_F(SqliteForeignKeys, ReportsKeysThatCannotBeCheckedAndChecksTheOthers) {
  script(R"sql(
      CREATE TABLE p (id INTEGER PRIMARY KEY, name TEXT, other TEXT COLLATE NOCASE);
      CREATE UNIQUE INDEX u ON p (other COLLATE BINARY);
      CREATE TABLE c (a REFERENCES p (name), b REFERENCES p (missing), d REFERENCES p (other), e REFERENCES p);
      INSERT INTO c VALUES ('x', 'y', 'z', 5);)sql");
  const Found found = check({"c"});
  EXPECT_EQ(found.report.problems.size(), 3U);
  EXPECT_EQ(found.report.orphans, 1U) << "the good key's";
  for (const FkProblem& problem : found.report.problems) EXPECT_FALSE(problem.message.empty());
}

TEST_F(SqliteForeignKeys, TakesEveryValueThatPointsAtAMissingTableForAnOrphan) {
  script(
      "CREATE TABLE c (id INTEGER PRIMARY KEY, r REFERENCES gone (x)); INSERT INTO c VALUES (1, "
      "1), (2, NULL), (3, 'x');");
  const Found found = check({"c"});
  EXPECT_EQ(found.report.orphans, 2U);
  EXPECT_EQ(by_pragma("c"), "2");
  EXPECT_EQ(found.report.problems.size(), 1U);
}

}  // namespace
}  // namespace crossload::testing
