#include <thread>

#include <gmock/gmock.h>

#include "contract_test.h"

namespace crossload::testing {
namespace {

using namespace driver;
using ::testing::Contains;
using ::testing::ElementsAre;

Table named(Table table, const std::string& name) {
  table.name.name = name;
  return table;
}

Table orders() {
  return named(
      table_with({column_of("id", TypeKind::kInteger, false), column_of("note", TypeKind::kText),
                  column_of("qty", TypeKind::kInteger, false)},
                 1),
      "Orders");
}

TEST_P(DriverContract, ListsTablesWithTheirRowsButNotTheLedger) {
  make(orders(), {{std::int64_t{1}, std::string("n"), std::int64_t{2}}});
  make(named(orders(), std::string(kLedgerTable)));
  const auto connection = open(Access::kReadOnly);
  const std::vector<TableSummary> tables = connection->catalog().list_tables("");
  ASSERT_EQ(tables.size(), 1U);
  EXPECT_EQ(tables[0].name.name, "Orders");
  EXPECT_EQ(tables[0].kind, "table");
  EXPECT_EQ(tables[0].estimated_rows, 1U);
  EXPECT_EQ(connection->catalog().load_schema().tables.size(), 1U);
}

TEST_P(DriverContract, DescribesColumnsAndKey) {
  make(orders());
  const auto connection = open(Access::kReadOnly);
  const Table table = connection->catalog().describe({"", "Orders"});
  EXPECT_THAT(names_of(table), ElementsAre("id", "note", "qty"));
  EXPECT_THAT(table.primary_key, ElementsAre("id"));
  EXPECT_FALSE(table.columns[0].nullable);
  EXPECT_TRUE(table.columns[1].nullable);
  EXPECT_FALSE(table.columns[2].nullable);
}

TEST_P(DriverContract, NamesTheNearestTablesForOneThatIsNotThere) {
  make(orders());
  const auto connection = open(Access::kReadOnly);
  EXPECT_EQ(connection->catalog().find("Orders").name, "Orders");
  try {
    connection->catalog().find("Order");
    FAIL() << "a missing table was found";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kTableNotFound);
    EXPECT_THAT(error.candidates(), Contains("Orders"));
  }
}

TEST_P(DriverContract, CountsRowsExactly) {
  std::vector<Row> rows;
  for (std::int64_t id = 0; id < 321; ++id) rows.push_back({id * 7, std::string("n"), id});
  make(orders(), rows);
  EXPECT_EQ(open(Access::kReadOnly)->catalog().count_rows({"", "Orders"}), 321U);
}

TEST_P(DriverContract, TellsByItsFingerprintWhetherTheDataMayHaveChanged) {
  make(orders(), {{std::int64_t{1}, std::string("n"), std::int64_t{2}}});
  std::this_thread::sleep_for(world_->traits().tells_changes_after);
  const std::string before = open(Access::kReadOnly)->catalog().fingerprint();
  EXPECT_EQ(before.empty(), !world_->traits().tells_changes);
  if (before.empty()) return;
  const auto reading = open(Access::kReadOnly);
  rows_of(*reading, orders());
  EXPECT_EQ(reading->catalog().fingerprint(), before) << "reading changes nothing";

  {
    const auto writing = open();
    const auto transaction = writing->begin(TransactionMode::kWrite);
    const auto writer = writing->write_table(write_request(orders()));
    write_all(*writer, batch_of({{std::int64_t{2}, std::string("n"), std::int64_t{2}}}));
    transaction->commit();
  }
  std::this_thread::sleep_for(world_->traits().tells_changes_after);
  EXPECT_NE(open(Access::kReadOnly)->catalog().fingerprint(), before);
}

TEST_P(DriverContract, FindsTheKeysThatPointAtATable) {
  make(orders());
  Table items = named(table_with({column_of("id", TypeKind::kInteger, false),
                                  column_of("order_id", TypeKind::kInteger)},
                                 1),
                      "items");
  ForeignKey key;
  key.table.name = "items";
  key.columns = {"order_id"};
  key.referenced_table.name = "Orders";
  key.referenced_columns = {"id"};
  items.foreign_keys.push_back(key);
  make(items);

  const auto connection = open(Access::kReadOnly);
  const std::vector<ForeignKey> incoming =
      connection->catalog().incoming_foreign_keys({"", "Orders"});
  ASSERT_EQ(incoming.size(), 1U);
  EXPECT_EQ(incoming[0].table.name, "items");
  EXPECT_THAT(incoming[0].columns, ElementsAre("order_id"));
  EXPECT_TRUE(connection->catalog().incoming_foreign_keys({"", "items"}).empty());
}

}  // namespace
}  // namespace crossload::testing
