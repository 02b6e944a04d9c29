#include <gtest/gtest.h>
#include <sqlite3.h>

#include "crossload/base/error.h"

#include "insert_sql.h"
#include "select_sql.h"

namespace crossload::driver::sqlite {
namespace {

class Plans : public ::testing::Test {
 protected:
  Plans() { sqlite3_open(":memory:", &database_); }
  ~Plans() override { sqlite3_close(database_); }
  void run(const std::string& sql) {
    ASSERT_EQ(sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
        << sqlite3_errmsg(database_);
  }
  std::string plan_of(const ReadRequest& request, const std::vector<OrderTerm>& order) {
    const std::string sql = "EXPLAIN QUERY PLAN " + select_statement(request, order);
    sqlite3_stmt* statement = nullptr;
    EXPECT_EQ(sqlite3_prepare_v2(database_, sql.c_str(), -1, &statement, nullptr), SQLITE_OK)
        << sql << ": " << sqlite3_errmsg(database_);
    std::string plan;
    while (sqlite3_step(statement) == SQLITE_ROW) {
      plan += reinterpret_cast<const char*>(sqlite3_column_text(statement, 3));
      plan += "; ";
    }
    sqlite3_finalize(statement);
    return plan;
  }
  void expect_no_sort(const std::string& key, const std::vector<OrderTerm>& order) {
    run("DROP TABLE IF EXISTS t; CREATE TABLE t (a, b, c, PRIMARY KEY " + key + ") WITHOUT ROWID");
    ReadRequest request;
    request.table.name = "t";
    request.columns = {"c"};
    for (const OrderTerm& term : order) request.key.push_back(term.column);
    EXPECT_EQ(plan_of(request, order).find("TEMP B-TREE"), std::string::npos) << key;
    request.after.resize(order.size());
    const std::string plan = plan_of(request, order);
    EXPECT_EQ(plan.find("TEMP B-TREE"), std::string::npos) << key << ": " << plan;
    EXPECT_NE(plan.find("SEARCH"), std::string::npos) << key << ": " << plan;
  }
  sqlite3* database_ = nullptr;
};

TEST_F(Plans, GoOnInTheKeysOwnIndexWithoutSorting) {
  expect_no_sort("(a)", {{"a", "", false}});
  expect_no_sort("(a, b)", {{"a", "", false}, {"b", "", false}});
  expect_no_sort("(a DESC, b DESC)", {{"a", "", true}, {"b", "", true}});
  expect_no_sort("(a, b DESC)", {{"a", "", false}, {"b", "", true}});
  expect_no_sort("(a DESC, b, c DESC)", {{"a", "", true}, {"b", "", false}, {"c", "", true}});
  expect_no_sort("(a COLLATE NOCASE, b)", {{"a", "NOCASE", false}, {"b", "", false}});
}

TEST_F(Plans, SearchByRowid) {
  run("CREATE TABLE t (a)");
  ReadRequest request{{"", "t"}, {"a"}, {"rowid"}, {std::int64_t{5}}};
  const std::string plan = plan_of(request, {{"rowid", "", false}});
  EXPECT_NE(plan.find("INTEGER PRIMARY KEY (rowid>?)"), std::string::npos) << plan;
}

TEST(SelectStatement, QuotesNamesSoThatAMissingColumnIsAnError) {
  EXPECT_EQ(select_statement({{"", "odd \"t"}, {"a b"}, {}, {}}, {}),
            "SELECT t.\"a b\" FROM main.\"odd \"\"t\" AS t");
}

WriteRequest request_for(ConflictMode mode) {
  WriteRequest request;
  request.table.name.name = "t";
  request.columns = {"a", "b"};
  request.on_conflict = mode;
  return request;
}

TEST(InsertStatement, OverridesWhatTheTableSaysOfConflicts) {
  EXPECT_EQ(insert_statement(request_for(ConflictMode::kError), 2),
            "INSERT OR ABORT INTO main.\"t\" (\"a\", \"b\") VALUES (?, ?), (?, ?)");
}

TEST(InsertStatement, AimsAConflictAtTheKeyWithItsCollations) {
  WriteRequest request = request_for(ConflictMode::kUpdate);
  request.conflict_key = {"a"};
  Index index;
  index.unique = true;
  index.parts = {{"A", "", false, "NOCASE", std::nullopt}};
  request.table.indexes.push_back(index);
  EXPECT_EQ(insert_statement(request, 1),
            "INSERT OR ABORT INTO main.\"t\" (\"a\", \"b\") VALUES (?, ?) ON CONFLICT (\"A\" "
            "COLLATE \"NOCASE\") "
            "DO UPDATE SET \"a\" = excluded.\"a\", \"b\" = excluded.\"b\"");
}

TEST(InsertStatement, RefusesAConflictKeyThatIsNoUniqueKeyOfTheTable) {
  WriteRequest request = request_for(ConflictMode::kSkip);
  request.conflict_key = {"a"};
  Index partial;
  partial.unique = true;
  partial.where_sql = "b > 0";
  partial.parts = {{"a", "", false, "", std::nullopt}};
  request.table.indexes.push_back(partial);
  EXPECT_THROW(insert_statement(request, 1), Error);
}

TEST(InsertStatement, InsertsRowsThatHaveNoColumnsToWrite) {
  WriteRequest request = request_for(ConflictMode::kError);
  request.columns.clear();
  EXPECT_EQ(insert_statement(request, 1), "INSERT OR ABORT INTO main.\"t\" DEFAULT VALUES");
}

}  // namespace
}  // namespace crossload::driver::sqlite
