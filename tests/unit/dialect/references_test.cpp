// The private header of the room: views and triggers are ordered and chosen by what this finds.
#include "references.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace crossload::dialect {
namespace {

using Names = std::vector<std::string>;

Names names(std::string_view sql) {
  return referenced_tables(Engine::kSqlite, sql);
}

TEST(References, FindsTablesOfFromAndJoin) {
  EXPECT_EQ(names("create view v as select a, b from t join u on t.x = u.x, w left join z using "
                  "(a, b) where c in (1, d)"),
            (Names{"t", "u", "w", "z"}));
  EXPECT_EQ(names("create view v as select * from (select x, y from a, b) as s, (c join d), e"),
            (Names{"a", "b", "c", "d", "e"}));
  EXPECT_EQ(names("create view v as select (select max(x) from a), b from c union select d, e from "
                  "f order by g, h"),
            (Names{"a", "c", "f"}));
}

TEST(References, SpellsQuotedAndQualifiedNames) {
  EXPECT_EQ(names(R"(select * from "a ""b""", [c d], `e``f`, 'g', main.h, "main"."i" as j)"),
            (Names{"a \"b\"", "c d", "e`f", "g", "h", "i"}));
}

TEST(References, LeavesOutColumnsAliasesAndStrings) {
  EXPECT_EQ(names("select t, u, 'from x', \"from y\" /* from z */ from a as t, b u where t.c = 'd' "
                  "-- from e"),
            (Names{"a", "b"}));
  EXPECT_EQ(names("select a is distinct from b, c from d"), (Names{"d"}));
  EXPECT_EQ(
      names("select group_concat(a, b) over (partition by c order by d, e) from f group by g, h"),
      (Names{"f"}));
}

TEST(References, LeavesCommonTableExpressionsOut) {
  EXPECT_EQ(names("with recursive c(x, y) as (select 1, 2 union all select x, y from c, t), "
                  "d as not materialized (select * from u) select * from c join d"),
            (Names{"t", "u"}));
  EXPECT_EQ(names("select * from (with q as (select * from t) select * from q)"), (Names{"t"}));
}

TEST(References, TakesTheTableBehindIn) {
  EXPECT_EQ(names("select 1 from t where a in u and b in main.w and c not in (select d from e)"),
            (Names{"t", "u", "w", "e"}));
}

TEST(References, FindsWhatATriggerUses) {
  EXPECT_EQ(
      names(
          "create trigger r after update of a, b on t when exists (select 1 from c, d) begin "
          "insert into e (x, y) values (1, 2) on conflict (x) do update set y = 3; "
          "update or ignore f set a = 1, b = 2 from g, h where i = 1; delete from j where k in l; "
          "replace into m select n, o from p; select raise(abort, 'from q'); end"),
      (Names{"c", "d", "e", "f", "g", "h", "j", "l", "m", "p"}));
  EXPECT_EQ(names("create trigger r instead of update on v begin select 1; end"), Names{});
}

TEST(References, NamesEachTableOnce) {
  EXPECT_EQ(names("select * from a join A on 1 join \"a\" on 2"), (Names{"a"}));
}

TEST(References, SurvivesTextThatIsNoSql) {
  EXPECT_EQ(names(")))((( from"), Names{});
  EXPECT_EQ(names("from , , . ; join ("), Names{});
  EXPECT_EQ(names(""), Names{});
}

}  // namespace
}  // namespace crossload::dialect
