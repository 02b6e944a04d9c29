#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crossload/dialect/dialect.h"

namespace crossload::dialect {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Reach {
  Engine engine;
  const char* sql;
  bool reaches;
};

TEST(ReachesServerFiles, IsToldByWordsOutsideQuotesAndComments) {
  const Reach cases[] = {
      {Engine::kSqlite, "ATTACH 'x.db' AS x", true},
      {Engine::kSqlite, "/* attach */ detach x", true},
      {Engine::kSqlite, "VACUUM main INTO 'x.db'", true},
      {Engine::kSqlite, "VACUUM", false},
      {Engine::kSqlite, "INSERT INTO attach VALUES (1)", false},
      {Engine::kPostgres, "COPY t FROM '/etc/passwd'", true},
      {Engine::kPostgres, "copy (SELECT a FROM t) TO PROGRAM 'cat'", true},
      {Engine::kPostgres, "COPY t (a, b) TO STDOUT", false},
      {Engine::kPostgres, "COPY t FROM STDIN", false},
      {Engine::kPostgres, "SELECT 'COPY t TO x', \"outfile\" FROM t", false},
      {Engine::kPostgres, "SELECT pg_catalog.pg_read_file('x')", true},
      {Engine::kPostgres, "SELECT lo_export(1, 'x')", true},
      {Engine::kPostgres, "LOAD 'library'", true},
      {Engine::kMysql, "LOAD DATA LOCAL INFILE 'x' INTO TABLE t", true},
      {Engine::kMysql, "LOAD XML INFILE 'x' INTO TABLE t", true},
      {Engine::kMysql, "LOAD INDEX INTO CACHE t", false},
      {Engine::kMysql, "SELECT 1 INTO OUTFILE 'x'", true},
      {Engine::kMysql, "/*!50000 SELECT 1 INTO DUMPFILE 'x' */", true},
      {Engine::kMysql, "SELECT load_file('x')", true},
      {Engine::kMysql, "SELECT load_file FROM t WHERE a = 'into outfile'", false},
      {Engine::kMysql, "SELECT `outfile` FROM t -- infile", false},
  };
  for (const Reach& reach : cases) {
    EXPECT_EQ(reaches_server_files(reach.engine, reach.sql), reach.reaches) << reach.sql;
  }
}

TEST(UsedDatabase, IsTheNameBehindUse) {
  EXPECT_EQ(used_database(Engine::kMysql, "USE shop"), "shop");
  EXPECT_EQ(used_database(Engine::kMysql, "/* x */ use `odd name`"), "odd name");
  EXPECT_EQ(used_database(Engine::kMysql, "SELECT * FROM t USE INDEX (a)"), std::nullopt);
  EXPECT_EQ(used_database(Engine::kPostgres, "USE shop"), std::nullopt);
}

TEST(Qualifiers, AreTheNamesBeforeADot) {
  EXPECT_THAT(qualifiers(Engine::kMysql, "SELECT o.id, 1.5, 'x.y' FROM `other`.t o"),
              ElementsAre("o", "other"));
  EXPECT_THAT(qualifiers(Engine::kMysql, "SELECT db . t . a FROM db.t"),
              ElementsAre("db", "t", "db"));
  EXPECT_THAT(qualifiers(Engine::kMysql, "SELECT id FROM t"), IsEmpty());
}

}  // namespace
}  // namespace crossload::dialect
