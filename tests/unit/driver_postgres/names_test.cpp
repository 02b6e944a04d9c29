#include <gmock/gmock.h>

#include "name_text.h"
#include "sql_scan.h"

namespace crossload::driver::postgres {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(PostgresNames, TellsCallsFromOtherNames) {
  const SqlNames names = names_in("SELECT a.b, Lower(x), s . \"My Fn\" /* c */ (1) FROM t");
  EXPECT_EQ(names.first_word, "select");
  EXPECT_THAT(names.called, ElementsAre("lower", "My Fn"));
  EXPECT_THAT(names.members, ElementsAre("b"));
  EXPECT_THAT(names.others, ElementsAre("select", "a", "x", "s", "from", "t"));
}

TEST(PostgresNames, SeesNothingInStringsAndComments) {
  for (const char* sql :
       {"SELECT 'f(1)'", "SELECT 'it''s f(1)'", "SELECT E'\\'f(1)'", "SELECT $$f(1)$$",
        "SELECT $a$ $$ f(1) $b$ $a$", "SELECT /* f(1) /* g(1) */ h(1) */ 1", "SELECT -- f(1)\n 1",
        "SELECT B'01', X'ff', N'f(1)', U&'f(1)'", "SELECT 1 -- f(", "SELECT 'open f(1)"}) {
    EXPECT_THAT(names_in(sql).called, IsEmpty()) << sql;
  }
}

TEST(PostgresNames, SeesCallsBehindWhateverStandsBefore) {
  for (const char* sql :
       {"SELECT '\\', f(1)", "SELECT e'\\\\', f(1)", "SELECT $1$f(1)", "SELECT 1-- '\n+f(1)",
        "SELECT 1+/* ' */f(1)", "SELECT \"a\"\"b\",f(1)", "SELECT ''''||f(1)", "SELECT 1e5,f(1)",
        "((SELECT f\n--(\n(1)))", "SELECT f/**/(1)", "SELECT $$x$$,f(1)", "SELECT x'00'f(1)",
        "SELECT F (1)", "SELECT \"f\"(1)"}) {
    EXPECT_THAT(names_in(sql).called, Contains("f")) << sql;
  }
}

TEST(PostgresNames, TellsNamesThatAreWrittenInUnicodeEscapes) {
  EXPECT_TRUE(names_in("SELECT U&\"\\0066\"(1)").has_unicode_names);
  EXPECT_TRUE(names_in("SELECT u&\"f\" (1)").has_unicode_names);
  EXPECT_FALSE(names_in("SELECT U&'\\0066', u & \"f\"").has_unicode_names);
}

TEST(PostgresNames, CollectsOperators) {
  EXPECT_THAT(names_in("SELECT 1 <+> 2 --x\n*3").operators, ElementsAre("<+>", "*"));
}

TEST(PostgresNames, ReadsATablesNameInEveryWayThatItMayBeMeant) {
  EXPECT_THAT(readings_of("t"), Contains(TableName{"", "t"}));
  EXPECT_THAT(readings_of("a.b.c"),
              ::testing::IsSupersetOf(
                  {TableName{"", "a.b.c"}, TableName{"a", "b.c"}, TableName{"a.b", "c"}}));
  EXPECT_THAT(readings_of("\"A\".\"b.\"\"c\""), Contains(TableName{"A", "b.\"c"}));
  EXPECT_THAT(readings_of("Shop.Orders"), Contains(TableName{"shop", "orders"}));
  EXPECT_THAT(readings_of("\"open"), ElementsAre(TableName{"", "\"open"}, TableName{"", "\"open"}));
  EXPECT_THAT(readings_of(""), IsEmpty());
}

}  // namespace
}  // namespace crossload::driver::postgres
