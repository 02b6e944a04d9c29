#include "crossload/copy/selection.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plan_order.h"

namespace crossload::copy {
namespace {

using testing::ElementsAre;

Table table(const std::string& name, const std::vector<std::string>& parents = {}) {
  Table result;
  result.name.name = name;
  for (const std::string& parent : parents) {
    ForeignKey key;
    key.table.name = name;
    key.referenced_table.name = parent;
    result.foreign_keys.push_back(key);
  }
  return result;
}

Schema schema(std::vector<Table> tables) {
  Schema result;
  result.tables = std::move(tables);
  return result;
}

std::vector<std::string> names(const std::vector<const Table*>& tables) {
  std::vector<std::string> result;
  for (const Table* table : tables) result.push_back(table->name.name);
  return result;
}

TEST(Selection, TakesAllTablesWithoutLists) {
  const Schema all = schema({table("a"), table("b")});
  EXPECT_THAT(names(select_tables(all, {}, {})), ElementsAre("a", "b"));
}

TEST(Selection, IncludesByNameAndGlobAndExcludesAfterwards) {
  const Schema all = schema({table("log_a"), table("log_b"), table("users"), table("rest")});
  EXPECT_THAT(names(select_tables(all, {"LOG_*", "users"}, {"log_b"})),
              ElementsAre("log_a", "users"));
}

TEST(Selection, TakesTheStorageOfAVirtualTableAlong) {
  Table virtual_table = table("docs");
  virtual_table.kind = TableKind::kVirtual;
  Table shadow = table("docs_data");
  shadow.kind = TableKind::kShadow;
  shadow.shadow_of = "docs";
  const Schema all = schema({virtual_table, shadow, table("other")});
  EXPECT_THAT(names(select_tables(all, {"docs"}, {})), ElementsAre("docs", "docs_data"));
  EXPECT_THAT(names(select_tables(all, {}, {"docs"})), ElementsAre("other"));
}

TEST(Selection, RefusesANameThatMatchesNothingWithTheNearestOnes) {
  const Schema all = schema({table("customers"), table("orders")});
  try {
    select_tables(all, {"custmers"}, {});
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kSourceTableNotFound);
    EXPECT_THAT(error.candidates(), testing::Contains("customers"));
  }
  EXPECT_THROW(select_tables(all, {"nothing_*"}, {}), Error);
  EXPECT_THROW(select_tables(all, {}, {"custmers"}), Error);
}

TEST(Selection, RefusesListsThatLeaveNothing) {
  EXPECT_THROW(select_tables(schema({table("a")}), {}, {"*"}), Error);
  EXPECT_THROW(select_tables(schema({}), {}, {}), Error);
}

std::vector<std::string> ordered(const std::vector<Table>& tables) {
  std::vector<const Table*> pointers;
  for (const Table& one : tables) pointers.push_back(&one);
  return names(parents_first(pointers));
}

TEST(PlanOrder, PutsParentsBeforeChildrenAndKeepsTheRest) {
  EXPECT_THAT(ordered({table("items", {"orders", "products"}), table("orders", {"customers"}),
                       table("lonely"), table("products"), table("customers")}),
              ElementsAre("lonely", "products", "customers", "orders", "items"));
}

TEST(PlanOrder, LoadsCyclesAndSelfReferencesToo) {
  EXPECT_THAT(ordered({table("a", {"b"}), table("b", {"a"}), table("c", {"c", "a"})}),
              ElementsAre("a", "b", "c"));
}

TEST(PlanOrder, IgnoresParentsOutsideTheSelectionAndTheCaseOfNames) {
  EXPECT_THAT(ordered({table("child", {"PARENT", "elsewhere"}), table("parent")}),
              ElementsAre("parent", "child"));
}

}  // namespace
}  // namespace crossload::copy
