#include "read_only.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crossload::driver::mysql {
namespace {

using ::testing::ElementsAre;

ReadOnlyVerdict judge(std::string_view sql) {
  return judge_read_only(tokens_of(sql));
}

TEST(MysqlReadOnlyGuard, LetsReadsThrough) {
  for (const char* sql :
       {"SELECT 1", "(SELECT 1)", "WITH a AS (SELECT 1) SELECT * FROM a", "SHOW TABLES", "TABLE t",
        "VALUES ROW(1)", "DESC t", "EXPLAIN DELETE FROM t", "SELECT `into` FROM t",
        "SELECT 'a := b', \"INTO OUTFILE\"", "SELECT insert('a', 1, 1, 'b')",
        "WITH a AS (SELECT 1) SELECT replace('a', 'b', 'c') FROM a"}) {
    const ReadOnlyVerdict verdict = judge(sql);
    EXPECT_EQ(verdict.refused, "") << sql;
    EXPECT_FALSE(verdict.unknown) << sql;
  }
}

TEST(MysqlReadOnlyGuard, RefusesWhatHasAnEffect) {
  for (const char* sql :
       {"DELETE FROM t", "SET @a = 1", "DO 1", "CALL p()", "SELECT 1 INTO @a", "SELECT @a := 1",
        "SELECT * FROM t FOR UPDATE", "SELECT load_file('x')", "SELECT `Load_File` ('x')",
        "SELECT 1 /*!50000 INTO @a */", "/*M! x */ SELECT 1", "SELECT /*+ SET_VAR(a=1) */ 1",
        "EXPLAIN ANALYZE DELETE FROM t", "WITH a AS (SELECT 1) UPDATE t SET b = 1",
        "SELECT NEXT VALUE FOR s", "SELECT keyring_key_remove('x')", "SELECT last_insert_id(3)"}) {
    EXPECT_NE(judge(sql).refused, "") << sql;
  }
}

TEST(MysqlReadOnlyGuard, LeavesASlipToTheServersOwnMessage) {
  EXPECT_TRUE(judge("SELEC 1").unknown);
  EXPECT_TRUE(judge("\xc2\xa0SELECT 1").unknown);
  EXPECT_TRUE(judge("'SELECT'").unknown);
}

TEST(MysqlReadOnlyGuard, TellsWhichFunctionsAreCalled) {
  EXPECT_THAT(judge("SELECT f(1), `G` (2), db.h(3), 'i(4)' FROM t").called,
              ElementsAre("f", "g", "h"));
}

TEST(MysqlTokens, SeesCommentsAndQuotesAsTheServerDoes) {
  EXPECT_EQ(tokens_of("SELECT 1 -- x\n, 2").size(), 4U);
  EXPECT_EQ(tokens_of("SELECT 5--1").size(), 5U);
  EXPECT_EQ(tokens_of("SELECT 'it\\'s -- ' # c").size(), 2U);
  EXPECT_EQ(tokens_of("SELECT 'it''s'")[1].text, "it's");
  EXPECT_EQ(tokens_of("SELECT `a``b`")[1].text, "a`b");
  EXPECT_EQ(tokens_of("SELECT /* unfinished").size(), 1U);
  EXPECT_EQ(tokens_of("SELECT @`a b`, @@x")[1].text, "@a b");
}

}  // namespace
}  // namespace crossload::driver::mysql
