#include <chrono>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "crossload/dialect/dialect.h"

namespace crossload::dialect {
namespace {

std::vector<std::string> texts(Engine engine, std::string_view script) {
  std::vector<std::string> result;
  for (const SqlStatement& statement : dialect_for(engine).split(script)) {
    result.push_back(statement.text);
  }
  return result;
}

using Texts = std::vector<std::string>;

TEST(SplitSqlite, CutsAtSemicolonsAndLeavesBlanksAndLoneCommentsOut) {
  EXPECT_EQ(
      texts(Engine::kSqlite, " ;; select 1 ;\n-- only a comment\n; /* ; */ select 2 -- end ;\n"),
      (Texts{"select 1", "select 2 -- end ;"}));
  EXPECT_EQ(texts(Engine::kSqlite, ""), Texts{});
  EXPECT_EQ(texts(Engine::kSqlite, "-- nothing"), Texts{});
}

TEST(SplitSqlite, TellsTheLineEachStatementBeginsOn) {
  const auto statements =
      dialect_for(Engine::kSqlite).split("select 1;\n\n-- c\n/* d\n*/ select 'a\nb';\r\nselect 3");
  ASSERT_EQ(statements.size(), 3U);
  EXPECT_EQ(statements[0].line, 1U);
  EXPECT_EQ(statements[1].line, 5U);
  EXPECT_EQ(statements[2].line, 7U);
}

TEST(SplitSqlite, KeepsTheBlanksThatSqliteWouldKeepWithTheSchema) {
  EXPECT_EQ(
      texts(Engine::kSqlite, "create index i on t(a) \n; select 1 ; create index j on t(b) \n"),
      (Texts{"create index i on t(a) \n", "select 1", "create index j on t(b)"}));
}

TEST(SplitSqlite, SeesEveryKindOfQuotes) {
  EXPECT_EQ(
      texts(Engine::kSqlite,
            R"(insert into "a;""b" values ('x;''y', x'3b');select [c;d], `e;``f`;select ';')"),
      (Texts{R"(insert into "a;""b" values ('x;''y', x'3b'))", "select [c;d], `e;``f`",
             "select ';'"}));
}

TEST(SplitSqlite, BackslashDoesNotEscapeAQuote) {
  EXPECT_EQ(texts(Engine::kSqlite, R"(select '\'; select 2)"),
            (Texts{R"(select '\')", "select 2"}));
}

TEST(SplitSqlite, UnclosedQuotesAndCommentsReachTheEnd) {
  EXPECT_EQ(texts(Engine::kSqlite, "select 'a; select 2"), (Texts{"select 'a; select 2"}));
  EXPECT_EQ(texts(Engine::kSqlite, "select 1 /* a; select 2"), (Texts{"select 1 /* a; select 2"}));
  EXPECT_EQ(texts(Engine::kSqlite, "select [a; select 2"), (Texts{"select [a; select 2"}));
  EXPECT_EQ(texts(Engine::kSqlite, "/* never closed; select 2"), Texts{});
}

TEST(SplitSqlite, KeepsATriggerWithItsBody) {
  const std::string trigger =
      "CREATE TEMP TRIGGER IF NOT EXISTS \"t;r\" AFTER UPDATE OF a ON t WHEN new.a > 0 BEGIN\n"
      "  UPDATE t SET b = CASE WHEN new.a = 1 THEN 'END;' ELSE 2 END;\n"
      "  SELECT CASE new.a WHEN 1 THEN raise(abort, 'no; end;') END; -- END;\n"
      "END";
  EXPECT_EQ(texts(Engine::kSqlite, trigger + ";\nselect 1;"), (Texts{trigger, "select 1"}));
  EXPECT_EQ(texts(Engine::kSqlite, trigger + "; ; " + trigger), (Texts{trigger, trigger}));
  EXPECT_EQ(texts(Engine::kSqlite, "explain query plan " + trigger + ";select 1"),
            (Texts{"explain query plan " + trigger, "select 1"}));
}

TEST(SplitSqlite, AColumnNamedLikeAKeywordDoesNotEndATrigger) {
  const std::string trigger =
      "create trigger begin after insert on t begin update t set \"end\" = 1; "
      "select case when 1 then 2 end; end";
  EXPECT_EQ(texts(Engine::kSqlite, trigger + ";select 2"), (Texts{trigger, "select 2"}));
}

TEST(SplitSqlite, ATriggerWithoutABodyEndsAtItsSemicolon) {
  EXPECT_EQ(texts(Engine::kSqlite, "create trigger t after insert on x; select 1; select 2"),
            (Texts{"create trigger t after insert on x", "select 1", "select 2"}));
}

TEST(SplitSqlite, BeginAndEndOutsideTriggersAreStatements) {
  EXPECT_EQ(texts(Engine::kSqlite,
                  "BEGIN; create table trigger(a); select case 1 when 1 then 2 end; END;"),
            (Texts{"BEGIN", "create table trigger(a)", "select case 1 when 1 then 2 end", "END"}));
}

TEST(SplitPostgres, SeesDollarQuotes) {
  EXPECT_EQ(texts(Engine::kPostgres,
                  "create function f() returns int as $$ begin; return 1; end $$ language plpgsql;"
                  "select $tag$ ; $$ ; $ta$ ; $tag$, $1; select a$b$c; select 2"),
            (Texts{"create function f() returns int as $$ begin; return 1; end $$ language plpgsql",
                   "select $tag$ ; $$ ; $ta$ ; $tag$, $1", "select a$b$c", "select 2"}));
}

TEST(SplitPostgres, SeesNestedCommentsAndEscapeStrings) {
  EXPECT_EQ(texts(Engine::kPostgres,
                  R"(select 1 /* a; /* b; */ c; */; select E'it\'s;', 'a\'; select 2)"),
            (Texts{"select 1 /* a; /* b; */ c; */", R"(select E'it\'s;', 'a\')", "select 2"}));
}

TEST(SplitPostgres, KeepsRulesAndSqlRoutineBodiesWhole) {
  const std::string rule =
      "create rule r as on insert to t do also (insert into a values (1); delete from b)";
  const std::string body =
      "create or replace function f(int) returns int begin atomic select 1; "
      "select case when $1 > 0 then 2 end; end";
  EXPECT_EQ(texts(Engine::kPostgres, rule + ";" + body + ";select 1"),
            (Texts{rule, body, "select 1"}));
  EXPECT_EQ(texts(Engine::kPostgres, "begin; select 1; end; select 2"),
            (Texts{"begin", "select 1", "end", "select 2"}));
}

TEST(SplitMysql, SeesItsCommentsAndQuotes) {
  EXPECT_EQ(
      texts(
          Engine::kMysql,
          "select 1 # a; b\n; select 5--1; select 2 -- c; d\n; select 'a\\';', \"b\\\";\", `c;`` `;"
          "select 3 --\t;"),
      (Texts{"select 1 # a; b", "select 5--1", "select 2 -- c; d",
             "select 'a\\';', \"b\\\";\", `c;`` `", "select 3 --\t;"}));
}

TEST(SplitMysql, TakesVersionCommentsAsCode) {
  EXPECT_EQ(
      texts(Engine::kMysql, "/*!40101 SET NAMES utf8 */;\n/* plain; */;\n/*M!100401 SET a=1*/;"),
      (Texts{"/*!40101 SET NAMES utf8 */", "/*M!100401 SET a=1*/"}));
}

TEST(SplitMysql, ObeysDelimiterLines) {
  const auto statements = dialect_for(Engine::kMysql)
                              .split(
                                  "select 1;\nDELIMITER $$\ncreate procedure p() begin select 1; "
                                  "end$$\nselect a$b;$$\ndelimiter ;\nselect 2; select 3");
  ASSERT_EQ(statements.size(), 5U);
  EXPECT_EQ(statements[0].text, "select 1");
  EXPECT_EQ(statements[1].text, "create procedure p() begin select 1; end");
  EXPECT_EQ(statements[1].line, 3U);
  EXPECT_EQ(statements[2].text, "select a$b;");
  EXPECT_EQ(statements[3].text, "select 2");
  EXPECT_EQ(statements[3].line, 6U);
  EXPECT_EQ(statements[4].text, "select 3");
}

TEST(SplitMysql, ObeysSlashAndSemicolonDelimiters) {
  EXPECT_EQ(
      texts(
          Engine::kMysql,
          "DELIMITER //\nselect 1; // select 4 / 2 //\nDELIMITER ;;\nselect 2; ;; \nDELIMITER ;\n"),
      (Texts{"select 1;", "select 4 / 2", "select 2;"}));
}

TEST(SplitMysql, KeepsStoredProgramsWholeWithoutADelimiter) {
  const std::string trigger =
      "CREATE DEFINER=`a`@`%` TRIGGER t BEFORE INSERT ON x FOR EACH ROW BEGIN\n"
      " IF NEW.a IS NULL THEN SET NEW.a = IF(1, 2, 3); ELSEIF NEW.a = 1 THEN SET NEW.b = CASE "
      "NEW.a "
      "WHEN 1 THEN IF(1, 2, 3) ELSE REPEAT('x', 2) END; END IF;\n"
      " l: LOOP LEAVE l; END LOOP l; REPEAT SET @a = 1; UNTIL 1 END REPEAT;\n"
      " WHILE 0 DO SET @a = 1; END WHILE; CASE 1 WHEN 1 THEN SET @b = 1; END CASE;\nEND";
  const std::string no_block =
      "CREATE TRIGGER t BEFORE INSERT ON x FOR EACH ROW IF NEW.a THEN SET NEW.a = 1; END IF";
  EXPECT_EQ(texts(Engine::kMysql, trigger + ";" + no_block + "; select 1"),
            (Texts{trigger, no_block, "select 1"}));
  EXPECT_EQ(texts(Engine::kMysql,
                  "drop table if exists a; create table if not exists b (c int); begin; select 1"),
            (Texts{"drop table if exists a", "create table if not exists b (c int)", "begin",
                   "select 1"}));
}

struct EngineTest : testing::TestWithParam<Engine> {};

std::string repeated(std::string_view piece, std::size_t bytes) {
  std::string script;
  while (script.size() < bytes) script += piece;
  return script;
}

TEST_P(EngineTest, SplitsTenMegabytes) {
  const std::string line = "insert into t values (1, 'a''b;', x'00');\n";
  const std::string script = repeated(line, std::size_t{10} << 20);
  EXPECT_EQ(dialect_for(GetParam()).split(script).size(), script.size() / line.size());
}

TEST_P(EngineTest, TakesLinearTimeOnRepeatedOpenings) {
  // Each would make a scanner that starts over, or looks ahead to the end, take hours.
  const std::vector<std::string> pieces = {"((((((((((",
                                           "$a ",
                                           "`",
                                           "$$",
                                           "/*",
                                           "create trigger x begin ",
                                           "case begin end if ",
                                           "''",
                                           "\n",
                                           "delimiter ;\n",
                                           "$a$ $b"};
  for (const std::string& piece : pieces) {
    const std::string script = repeated(piece, std::size_t{1} << 19);
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_LE(dialect_for(GetParam()).split(script).size(), script.size());
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(60)) << piece;
  }
}

TEST_P(EngineTest, TerminatedStatementsComeBackFromSplit) {
  const Dialect& dialect = dialect_for(GetParam());
  const std::vector<std::string> statements = {
      "select 1", "select 1 -- a comment", "select ';' /* ; */", "select 1 -- ends in a line\n, 2"};
  std::string script;
  for (const std::string& statement : statements) script += dialect.terminated(statement) + "\n";
  EXPECT_EQ(texts(GetParam(), script), statements);
}

INSTANTIATE_TEST_SUITE_P(Engines, EngineTest,
                         testing::Values(Engine::kSqlite, Engine::kPostgres, Engine::kMysql),
                         [](const auto& tested) { return std::string(to_string(tested.param)); });

TEST(Terminated, ClosesACommentThatSqliteLeavesOpen) {
  EXPECT_EQ(dialect_for(Engine::kSqlite).terminated("create view v as select 1 /* open"),
            "create view v as select 1 /* open*/;");
  EXPECT_EQ(dialect_for(Engine::kSqlite).terminated("create view v as select 1 -- open"),
            "create view v as select 1 -- open\n;");
  EXPECT_EQ(dialect_for(Engine::kSqlite).terminated("create view v as select '--'"),
            "create view v as select '--';");
}

TEST(Terminated, SetsADelimiterAroundMysqlPrograms) {
  const Dialect& dialect = dialect_for(Engine::kMysql);
  const std::string program = "create procedure p() begin select 1;; end";
  const std::string script = dialect.terminated(program) + "\n" + dialect.terminated("select 2");
  EXPECT_EQ(script,
            "DELIMITER ;;;\ncreate procedure p() begin select 1;; end;;;\nDELIMITER ;\nselect 2;");
  EXPECT_EQ(texts(Engine::kMysql, script), (Texts{program, "select 2"}));
}

}  // namespace
}  // namespace crossload::dialect
