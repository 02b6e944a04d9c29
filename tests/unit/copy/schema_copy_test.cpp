#include "crossload/copy/schema_copy.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "column_profile.h"
#include "sqlite_compare.h"
#include "sqlite_session.h"
#include "temp_folder.h"

namespace crossload::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

class SchemaCopy : public ::testing::Test {
 protected:
  Schema schema_of(const std::string& sql) {
    const fs::path file = folder_ / "source.db";
    run_sql(file.string(), sql);
    return open_sqlite(file, driver::Access::kReadOnly)->catalog().load_schema();
  }

  copy::SchemaCopyRequest request_for(const Schema& schema) {
    copy::SchemaCopyRequest request;
    request.source = &schema;
    request.source_name = "files/source";
    request.output_dir = folder_ / "copy";
    return request;
  }

  copy::SchemaCopyResult write(const Schema& schema, driver::Connection* target = nullptr,
                               const std::vector<std::string>& include = {}) {
    copy::SchemaCopyRequest request = request_for(schema);
    request.try_target = target;
    request.include_tables = include;
    return copy::write_schema_copy(request);
  }

  std::string text(const std::string& name) { return folder_.read(fs::path("copy") / name); }

  /// What the copy's files make of an empty database.
  std::string made_objects() {
    const fs::path file = folder_ / "made.db";
    for (const char* name :
         {"tables.sql", "indexes.sql", "foreign_keys.sql", "triggers.sql", "views.sql"}) {
      run_sql(file.string(), text(name));
    }
    return objects(file);
  }

  static std::string objects(const fs::path& file) {
    return query_text(file.string(),
                      "SELECT group_concat(name, ' ') FROM (SELECT name FROM sqlite_schema WHERE "
                      "name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name)");
  }

  static std::vector<std::string> described(const copy::SchemaCopyResult& result) {
    std::vector<std::string> lines;
    for (const dialect::SchemaWarning& warning : result.warnings) {
      lines.push_back(warning.type + " " + warning.name + ": " + warning.message);
    }
    return lines;
  }

  TempFolder folder_;
};

TEST_F(SchemaCopy, WritesEveryFileEvenForAnEmptyDatabase) {
  const copy::SchemaCopyResult result = write(schema_of("PRAGMA user_version = 1"));
  std::vector<std::string> names;
  for (const copy::SchemaCopyFile& file : result.files) {
    names.push_back(file.name);
    EXPECT_EQ(file.bytes, fs::file_size(result.output_dir / file.name)) << file.name;
  }
  EXPECT_THAT(names,
              ElementsAre("tables.sql", "indexes.sql", "foreign_keys.sql", "triggers.sql",
                          "views.sql", "skipped/stored_procedures.sql", "skipped/functions.sql",
                          "skipped/untranslatable_triggers.sql", "report.md"));
  for (const std::string& name : names) {
    EXPECT_THAT(text(name), StartsWith(name == "report.md" ? "#" : "--")) << name;
  }
  EXPECT_EQ(made_objects(), "");
}

TEST_F(SchemaCopy, CountsWhatItWrote) {
  const auto scratch = open_sqlite(":memory:", driver::Access::kReadWrite);
  const copy::SchemaCopyResult result = write(
      schema_of("CREATE TABLE a(id INTEGER PRIMARY KEY, p REFERENCES a, q UNIQUE REFERENCES a);"
                "CREATE TABLE b(x, FOREIGN KEY (x) REFERENCES a(id)); CREATE INDEX i ON b(x);"
                "CREATE VIEW v AS SELECT * FROM b;"
                "CREATE TRIGGER r AFTER INSERT ON b BEGIN SELECT 1; END;"
                "CREATE TRIGGER s INSTEAD OF INSERT ON v BEGIN SELECT 1; END;"),
      scratch.get());
  EXPECT_EQ(result.tables, 2U);
  EXPECT_EQ(result.indexes, 1U);
  EXPECT_EQ(result.foreign_keys, 3U);
  EXPECT_EQ(result.triggers, 2U);
  EXPECT_EQ(result.views, 1U);
  EXPECT_THAT(described(result), IsEmpty());
  EXPECT_FALSE(result.sampled);
  EXPECT_THAT(result.summary,
              HasSubstr("2 tables, 1 index, 3 foreign keys, 2 triggers and 1 view"));
  EXPECT_THAT(text("triggers.sql"), Not(HasSubstr("INSTEAD OF")));
  EXPECT_EQ(made_objects(), "a b i r s v");
}

TEST_F(SchemaCopy, SaysWhetherTheStatementsWereTried) {
  const Schema schema = schema_of("CREATE TABLE a(x)");
  EXPECT_THAT(write(schema).summary, HasSubstr("not tried"));
  EXPECT_THAT(text("report.md"), HasSubstr("not tried"));
  const auto scratch = open_sqlite(":memory:", driver::Access::kReadWrite);
  EXPECT_THAT(write(schema, scratch.get()).summary, HasSubstr("was tried and undone"));
  EXPECT_THAT(text("report.md"), Not(HasSubstr("not tried")));
}

TEST_F(SchemaCopy, KeepsToTheChosenTables) {
  const Schema schema = schema_of(
      "CREATE TABLE a(x); CREATE TABLE b(x); CREATE INDEX ia ON a(x); CREATE INDEX ib ON b(x);"
      "CREATE VIEW va AS SELECT * FROM a; CREATE VIEW vab AS SELECT * FROM a, b;");
  const copy::SchemaCopyResult result = write(schema, nullptr, {"a"});
  EXPECT_EQ(made_objects(), "a ia va");
  ASSERT_EQ(result.skipped.size(), 1U);
  EXPECT_EQ(result.skipped[0].name, "vab");
  EXPECT_THAT(text("views.sql"), HasSubstr("-- CREATE VIEW vab"));
  copy::SchemaCopyRequest request = request_for(schema);
  request.exclude_tables = {"A*"};
  EXPECT_EQ(copy::write_schema_copy(request).tables, 1U);
  EXPECT_THAT(text("tables.sql"), HasSubstr("CREATE TABLE b(x);"));
}

TEST_F(SchemaCopy, RefusesATableThatIsNotThere) {
  try {
    write(schema_of("CREATE TABLE customers(x)"), nullptr, {"custmers"});
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kSourceTableNotFound);
    EXPECT_THAT(error.candidates(), Contains("customers"));
  }
  EXPECT_FALSE(fs::exists(folder_ / "copy"));
}

TEST_F(SchemaCopy, LeavesTheTargetAsItWas) {
  const fs::path target = folder_ / "target.db";
  run_sql(target.string(), "CREATE TABLE other(x); INSERT INTO other VALUES (1);");
  write(schema_of("CREATE TABLE a(x); CREATE VIEW v AS SELECT * FROM a; CREATE TABLE bad(x);"),
        open_sqlite(target, driver::Access::kReadWrite).get());
  EXPECT_EQ(objects(target), "other");
  EXPECT_EQ(query_text(target.string(), "SELECT count(*) FROM other"), "1");
}

TEST_F(SchemaCopy, TellsWhatTheTargetAlreadyHas) {
  const fs::path target = folder_ / "target.db";
  run_sql(target.string(), "CREATE TABLE A(y); CREATE VIEW v AS SELECT 1;");
  const copy::SchemaCopyResult result =
      write(schema_of("CREATE TABLE a(x); CREATE TABLE b(x); CREATE INDEX i ON a(x);"
                      "CREATE INDEX j ON b(x); CREATE VIEW v AS SELECT * FROM b;"),
            open_sqlite(target, driver::Access::kReadWrite).get());
  EXPECT_THAT(described(result),
              ElementsAre(StartsWith("table a: the target already has a table"),
                          AllOf(StartsWith("index i: "), HasSubstr("no such column: x")),
                          StartsWith("view v: the target already has a view")));
  EXPECT_THAT(result.skipped, IsEmpty());
  EXPECT_EQ(made_objects(), "a b i j v");
}

TEST_F(SchemaCopy, MovesWhatTheTargetRefusesAside) {
  Schema schema = schema_of("CREATE TABLE a(x);");
  Table foreign;
  foreign.name.name = "gone";
  foreign.kind = TableKind::kVirtual;
  foreign.sql = "CREATE VIRTUAL TABLE gone USING no_such_module(a)";
  schema.tables.push_back(foreign);
  View view;
  view.name.name = "over_gone";
  view.sql = "CREATE VIEW over_gone AS SELECT * FROM gone";
  schema.views.push_back(view);
  const auto scratch = open_sqlite(":memory:", driver::Access::kReadWrite);
  const copy::SchemaCopyResult result = write(schema, scratch.get());
  EXPECT_EQ(result.tables, 1U);
  ASSERT_EQ(result.skipped.size(), 1U);
  EXPECT_EQ(result.skipped[0].name, "gone");
  EXPECT_THAT(result.skipped[0].reason, HasSubstr("no such module: no_such_module"));
  EXPECT_EQ(result.skipped[0].file, "skipped/tables.sql");
  EXPECT_THAT(text("skipped/tables.sql"), HasSubstr(foreign.sql + ";"));
  EXPECT_THAT(described(result),
              Contains(AllOf(StartsWith("view over_gone"), HasSubstr("no such table"))));
  EXPECT_EQ(made_objects(), "a over_gone");
}

TEST_F(SchemaCopy, RemovesFilesThatOnlyAnEarlierCopyNeeded) {
  Schema schema = schema_of("CREATE TABLE a(x);");
  Table edited;
  edited.name.name = "b";
  edited.sql = "no statement";
  schema.tables.push_back(edited);
  write(schema);
  EXPECT_TRUE(fs::exists(folder_ / "copy/skipped/tables.sql"));
  schema.tables.pop_back();
  write(schema);
  EXPECT_FALSE(fs::exists(folder_ / "copy/skipped/tables.sql"));
}

TEST_F(SchemaCopy, NamesCannotLeaveTheirCommentsAndTableCells) {
  Schema schema = schema_of("CREATE TABLE a(x);");
  const std::string name = "t\n; DROP TABLE a; --\r| `x` <b>";
  Table refused;
  refused.name.name = name;
  refused.sql = "CREATE TABLE nothing(a REFERENCES";
  refused.columns.emplace_back().name = name;
  schema.tables.push_back(refused);
  const auto scratch = open_sqlite(":memory:", driver::Access::kReadWrite);
  copy::SchemaCopyRequest request = request_for(schema);
  request.source_name = name;
  request.try_target = scratch.get();
  copy::write_schema_copy(request);
  EXPECT_EQ(made_objects(), "a");
  EXPECT_THAT(text("skipped/tables.sql"), HasSubstr("-- table t ; DROP TABLE a; -- | `x` <b>: "));
  EXPECT_THAT(text("report.md"), HasSubstr("table t ; DROP TABLE a; -- \\| \\`x\\` \\<b\\>: "));
}

TEST_F(SchemaCopy, StopsWhereTheTargetIsFullAndLeavesNothingInIt) {
  const fs::path target = folder_ / "target.db";
  run_sql(target.string(), "CREATE TABLE other(x);");
  std::string many;
  for (int i = 0; i < 50; ++i) many += "CREATE TABLE t" + std::to_string(i) + "(x);";
  const auto connection = open_sqlite(target, driver::Access::kReadWrite);
  driver::fetch_all(*connection, "PRAGMA max_page_count = 10");
  EXPECT_THROW(write(schema_of(many), connection.get()), Error);
  EXPECT_EQ(objects(target), "other");
  EXPECT_FALSE(fs::exists(folder_ / "copy"));
}

TEST_F(SchemaCopy, ALockedTargetIsNoFaultOfTheStatements) {
  const fs::path target = folder_ / "target.db";
  run_sql(target.string(), "CREATE TABLE other(x);");
  const Schema schema = schema_of("CREATE TABLE a(x);");
  const auto holder = open_sqlite(target, driver::Access::kReadWrite);
  const auto lock = holder->begin(driver::TransactionMode::kWrite);
  const auto connection =
      open_sqlite(target, driver::Access::kReadWrite, std::chrono::milliseconds(1));
  try {
    write(schema, connection.get());
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_TRUE(error.retryable());
    EXPECT_THAT(error.message(), HasSubstr("tried on the target"));
  }
}

TEST_F(SchemaCopy, SaysWhyAFolderCannotBeWritten) {
  const Schema schema = schema_of("CREATE TABLE a(x);");
  copy::SchemaCopyRequest request = request_for(schema);
  request.output_dir = folder_.write("a_file", "") / "copy";
  try {
    copy::write_schema_copy(request);
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kSchemaCopyFailed);
    EXPECT_THAT(error.message(), HasSubstr("a_file"));
  }
}

TEST_F(SchemaCopy, AnotherEngineGetsTablesAndIndexesInItsOwnWords) {
  const Schema schema = schema_of("CREATE TABLE a(x INTEGER); CREATE INDEX i ON a(x);");
  copy::SchemaCopyRequest request = request_for(schema);
  request.target = Engine::kMysql;
  request.try_target = nullptr;
  const copy::SchemaCopyResult result = copy::write_schema_copy(request);
  EXPECT_EQ(result.tables, 1u);
  EXPECT_EQ(result.indexes, 1u);
  EXPECT_THAT(folder_.read("copy/tables.sql"), ::testing::HasSubstr("CREATE TABLE `a`"));
  EXPECT_THAT(folder_.read("copy/indexes.sql"),
              ::testing::HasSubstr("CREATE INDEX `i` ON `a` (`x`);"));
  EXPECT_THAT(folder_.read("copy/report.md"),
              ::testing::HasSubstr("| x | INTEGER | bigint | same |"));
  EXPECT_EQ(result.skipped.size(), 0u);
}

TEST_F(SchemaCopy, KeepsTheDigitsThatAColumnDeclaresWhereItsRealsDo) {
  const fs::path file = folder_ / "source.db";
  run_sql(
      file.string(),
      "CREATE TABLE t (held DECIMAL(10,2), passed DECIMAL(10,2), wide DECIMAL(4,2), plain REAL);"
      "INSERT INTO t VALUES (19.99, 19.99, 99.5, 0.5), (-0.01, 0.125, 100.5, 1), (7, 7, 1, 2);");
  const auto source = open_sqlite(file, driver::Access::kReadOnly);
  const Table table = source->catalog().describe({"", "t"});
  const std::vector<std::string> names = {"held", "passed", "wide", "plain"};
  const auto profiles = copy::profile_columns(*source, table, names, std::nullopt);
  std::vector<std::string> types;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const dialect::ColumnUse use = {.profile = profiles[i]};
    types.push_back(dialect::map_type(Engine::kSqlite, *table.find_column(names[i]),
                                      {.engine = Engine::kPostgres}, use)
                        .sql);
  }
  EXPECT_THAT(types, ElementsAre("numeric(10,2)", "numeric", "numeric", "double precision"));
}

}  // namespace
}  // namespace crossload::testing
