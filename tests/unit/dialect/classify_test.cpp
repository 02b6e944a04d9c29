#include <ostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "crossload/dialect/dialect.h"

namespace crossload::dialect {
namespace {

struct Case {
  const char* sql;
  StatementClass expected;
};

void expect_classes(Engine engine, const std::vector<Case>& cases) {
  for (const Case& one : cases) {
    EXPECT_EQ(static_cast<int>(dialect_for(engine).classify(one.sql)),
              static_cast<int>(one.expected))
        << to_string(engine) << ": " << one.sql;
  }
}

TEST(Classify, KnowsTheStatementsOfEveryEngine) {
  for (const Engine engine : {Engine::kSqlite, Engine::kPostgres, Engine::kMysql}) {
    expect_classes(engine, {
                               {"select 1", StatementClass::kRead},
                               {"VALUES (1)", StatementClass::kRead},
                               {"(select 1) union (select 2)", StatementClass::kRead},
                               {"explain select 1", StatementClass::kRead},
                               {"explain delete from t", StatementClass::kRead},
                               {"insert into t select * from u", StatementClass::kWrite},
                               {"update t set a = 1", StatementClass::kWrite},
                               {"delete from t where a = 1", StatementClass::kWrite},
                               {"delete from t", StatementClass::kTruncate},
                               {"drop table t", StatementClass::kDrop},
                               {"alter table t drop column c", StatementClass::kDrop},
                               {"alter table t add column c int", StatementClass::kSchema},
                               {"create table t (a int)", StatementClass::kSchema},
                               {"create trigger t after delete on x begin delete from y; end",
                                StatementClass::kSchema},
                               {"analyze", StatementClass::kSchema},
                               {"begin", StatementClass::kTransaction},
                               {"commit", StatementClass::kTransaction},
                               {"savepoint a", StatementClass::kTransaction},
                               {"set a = 1", StatementClass::kSession},
                               {"grant all on t to u", StatementClass::kOther},
                               {"", StatementClass::kOther},
                               {"-- nothing", StatementClass::kOther},
                               {"'select'", StatementClass::kOther},
                               {"\"select\"", StatementClass::kOther},
                           });
  }
}

TEST(Classify, SeesThroughCommentsAndParentheses) {
  for (const Engine engine : {Engine::kSqlite, Engine::kPostgres, Engine::kMysql}) {
    expect_classes(engine, {
                               {"/* select */ -- select\n drop table t", StatementClass::kDrop},
                               {"((select 1))", StatementClass::kRead},
                               {"  \n\tDeLeTe/**/FROM t", StatementClass::kTruncate},
                               {"selectdelete from t", StatementClass::kOther},
                           });
  }
}

TEST(Classify, LooksBehindCommonTableExpressions) {
  for (const Engine engine : {Engine::kSqlite, Engine::kPostgres, Engine::kMysql}) {
    expect_classes(
        engine, {
                    {"with a as (select 1) select * from a", StatementClass::kRead},
                    {"with recursive a(x, y) as (select 1, 2), b as (values (1)) select 1",
                     StatementClass::kRead},
                    {"with a as (select 1) delete from t", StatementClass::kTruncate},
                    {"with a as (select 1) delete from t where x in (select 1 from a)",
                     StatementClass::kWrite},
                    {"with a as (select 1) insert into t select * from a", StatementClass::kWrite},
                    {"with a as (select 1) update t set x = 1", StatementClass::kWrite},
                    {"with a as (select ') delete') select 1", StatementClass::kRead},
                });
  }
}

TEST(Classify, SeesChangesInsidePostgresExpressions) {
  expect_classes(
      Engine::kPostgres,
      {
          {"with a as (delete from t where x = 1 returning *) select * from a",
           StatementClass::kWrite},
          {"with a as materialized (delete from t returning *) select * from a where b = 1",
           StatementClass::kTruncate},
          {"with a as (insert into t values (1) returning *) select 1", StatementClass::kWrite},
          {"with a as (update t set b = 1 returning *), c as (select 1) select 1",
           StatementClass::kWrite},
          {"with a as (with b as (delete from t returning *) select * from b) select * from a",
           StatementClass::kTruncate},
      });
}

TEST(Classify, TakesAConditionThatNamesNothingForNone) {
  for (const Engine engine : {Engine::kSqlite, Engine::kPostgres, Engine::kMysql}) {
    expect_classes(engine,
                   {
                       {"delete from t where 1", StatementClass::kTruncate},
                       {"delete from t where true and not (1 = 2)", StatementClass::kTruncate},
                       {"delete from t where 'a' = 'a' limit 5", StatementClass::kTruncate},
                       {"delete from t where a", StatementClass::kWrite},
                       {"delete from t where 1 = a", StatementClass::kWrite},
                       {"delete from t where (a = 1) or 1", StatementClass::kWrite},
                       {"delete from t where exists (select 1 from u)", StatementClass::kWrite},
                   });
  }
}

TEST(Classify, KnowsSqliteStatements) {
  expect_classes(Engine::kSqlite,
                 {
                     {"pragma foreign_keys = off", StatementClass::kSession},
                     {"attach 'x' as y", StatementClass::kSession},
                     {"replace into t values (1)", StatementClass::kWrite},
                     {"insert or replace into t values (1)", StatementClass::kWrite},
                     {"explain query plan delete from t", StatementClass::kRead},
                     {"reindex", StatementClass::kSchema},
                     {"vacuum into 'x'", StatementClass::kSchema},
                     {"delete from [where]", StatementClass::kTruncate},
                 });
}

TEST(Classify, KnowsPostgresStatements) {
  expect_classes(
      Engine::kPostgres,
      {
          {"do $$ begin delete from t; end $$", StatementClass::kDynamic},
          {"call p()", StatementClass::kDynamic},
          {"execute q", StatementClass::kDynamic},
          {"prepare q as select 1", StatementClass::kDynamic},
          {"prepare transaction 'a'", StatementClass::kTransaction},
          {"copy t from stdin", StatementClass::kWrite},
          {"copy (select a from b) to stdout", StatementClass::kRead},
          {"copy t (a, b) to '/tmp/x'", StatementClass::kOther},
          {"copy t from program 'rm -rf /'", StatementClass::kDynamic},
          {"copy t to program 'sh'", StatementClass::kDynamic},
          {"select * into u from t", StatementClass::kSchema},
          {"explain analyze delete from t", StatementClass::kTruncate},
          {"explain (analyze, buffers) with a as (select 1) update t set b = 1",
           StatementClass::kWrite},
          {"explain (costs off) delete from t", StatementClass::kRead},
          {"truncate t", StatementClass::kTruncate},
          {"table t", StatementClass::kRead},
          {"start transaction", StatementClass::kTransaction},
          {"create or replace view v as select 1", StatementClass::kSchema},
          {"merge into t using s on true when matched then delete", StatementClass::kWrite},
      });
}

TEST(Classify, KnowsMysqlStatements) {
  expect_classes(Engine::kMysql,
                 {
                     {"/*!50001 drop table t */", StatementClass::kDrop},
                     {"/*!40101 SET a = 1 */", StatementClass::kSession},
                     {"# x\nselect 1", StatementClass::kRead},
                     {"show tables", StatementClass::kRead},
                     {"select 1 into outfile '/tmp/x'", StatementClass::kOther},
                     {"select 1 into @a", StatementClass::kSession},
                     {"analyze table t", StatementClass::kSchema},
                     {"analyze format=json delete from t", StatementClass::kTruncate},
                     {"analyze select 1", StatementClass::kRead},
                     {"create or replace table t (a int)", StatementClass::kDrop},
                     {"begin not atomic delete from t; end", StatementClass::kDynamic},
                     {"alter table t truncate partition p", StatementClass::kTruncate},
                     {"delete a from a join b on a.x = b.x where b.y = 1", StatementClass::kWrite},
                     {"use x", StatementClass::kSession},
                     {"load data local infile 'x' into table t", StatementClass::kWrite},
                     {"start slave", StatementClass::kOther},
                 });
}

}  // namespace
}  // namespace crossload::dialect
