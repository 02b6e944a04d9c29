#include "contract_test.h"

namespace crossload::testing {
namespace {

using namespace driver;

ForeignKey key_to(const std::string& child, std::vector<std::string> columns,
                  const std::string& parent, std::vector<std::string> referenced) {
  ForeignKey key;
  key.table.name = child;
  key.columns = std::move(columns);
  key.referenced_table.name = parent;
  key.referenced_columns = std::move(referenced);
  return key;
}

// A tree: every row may name its parent in the same table.
Table tree() {
  Table table = table_with(
      {column_of("id", TypeKind::kInteger, false), column_of("parent", TypeKind::kInteger)}, 1);
  table.foreign_keys.push_back(key_to("t", {"parent"}, "t", {"id"}));
  return table;
}

class LoadContract : public DriverContract {
 protected:
  // Writes rows while foreign keys do not act, as a load does.
  void load(Connection& connection, const Table& table, const std::vector<Row>& rows) {
    const auto transaction = connection.begin(TransactionMode::kWrite);
    const auto writer = connection.write_table(write_request(table));
    EXPECT_TRUE(write_all(*writer, batch_of(rows)).empty());
    transaction->commit();
  }
};

TEST_P(LoadContract, LoadsChildrenBeforeTheirParentsAndFindsNoOrphans) {
  make(tree());
  const auto connection = open();
  const auto session = connection->prepare_load({});
  load(*connection, tree(),
       {{std::int64_t{3}, std::int64_t{2}},
        {std::int64_t{1}, std::monostate{}},
        {std::int64_t{2}, std::int64_t{1}}});
  std::size_t found = 0;
  const FkReport report =
      session->check_foreign_keys({{"", "t"}}, [&](const FkOrphan&) { ++found; });
  session->finish();
  EXPECT_EQ(report.orphans, 0U);
  EXPECT_EQ(found, 0U);
  EXPECT_TRUE(report.problems.empty());
}

TEST_P(LoadContract, ReportsEachOrphanWithItsKeyAndValue) {
  make(tree());
  const auto connection = open();
  const auto session = connection->prepare_load({});
  load(*connection, tree(),
       {{std::int64_t{1}, std::int64_t{77}},
        {std::int64_t{2}, std::int64_t{1}},
        {std::int64_t{3}, std::monostate{}}});
  std::vector<FkOrphan> orphans;
  const FkReport report = session->check_foreign_keys(
      {{"", "t"}}, [&](const FkOrphan& orphan) { orphans.push_back(orphan); });
  EXPECT_EQ(report.orphans, 1U);
  ASSERT_EQ(orphans.size(), 1U);
  EXPECT_EQ(orphans[0].table.name, "t");
  EXPECT_EQ(orphans[0].references.name, "t");
  EXPECT_EQ(orphans[0].referenced_columns, std::vector<std::string>{"id"});
  using Pairs = std::vector<std::pair<std::string, Value>>;
  EXPECT_EQ(orphans[0].key, (Pairs{{"id", std::int64_t{1}}}));
  EXPECT_EQ(orphans[0].value, (Pairs{{"parent", std::int64_t{77}}}));
}

TEST_P(LoadContract, TakesACompositeKeyWithANullForNoReference) {
  Table parent = table_with(
      {column_of("a", TypeKind::kInteger, false), column_of("b", TypeKind::kText, false)}, 2);
  make(parent, {{std::int64_t{1}, std::string("x")}});
  Table child = table_with({column_of("id", TypeKind::kInteger, false),
                            column_of("a", TypeKind::kInteger), column_of("b", TypeKind::kText)},
                           1);
  child.name.name = "child";
  child.foreign_keys.push_back(key_to("child", {"a", "b"}, "t", {"a", "b"}));
  make(child);
  const auto connection = open();
  const auto session = connection->prepare_load({});
  load(*connection, child,
       {{std::int64_t{1}, std::int64_t{1}, std::string("x")},
        {std::int64_t{2}, std::int64_t{1}, std::string("y")},
        {std::int64_t{3}, std::int64_t{9}, std::monostate{}}});
  std::vector<FkOrphan> orphans;
  session->check_foreign_keys({{"", "child"}},
                              [&](const FkOrphan& orphan) { orphans.push_back(orphan); });
  ASSERT_EQ(orphans.size(), 1U);
  EXPECT_EQ(orphans[0].key[0].second, Value(std::int64_t{2}));
  EXPECT_EQ(orphans[0].value.size(), 2U);
}

TEST_P(LoadContract, EmptiesATableOnlyWithItsTransaction) {
  make(tree(), {{std::int64_t{1}, std::monostate{}}});
  const auto connection = open();
  const auto session = connection->prepare_load({});
  {
    const auto transaction = connection->begin(TransactionMode::kWrite);
    session->empty_table({"", "t"});
    EXPECT_TRUE(rows_of(*connection, tree()).empty());
  }
  EXPECT_EQ(rows_of(*connection, tree()).size(), 1U);
  const auto transaction = connection->begin(TransactionMode::kWrite);
  session->empty_table({"", "t"});
  transaction->commit();
  EXPECT_TRUE(rows_of(*connection, tree()).empty());
}

TEST_P(LoadContract, NumbersOnAfterTheLargestValueAndAfterWhatTheSourceHandedOut) {
  Table counted = tree();
  counted.columns[0].identity = IdentityKind::kAutoincrement;
  counted.foreign_keys.clear();
  make(counted);
  const auto connection = open();
  const auto session = connection->prepare_load({});
  const Table described = connection->catalog().describe({"", "t"});
  EXPECT_EQ(connection->catalog().last_identity({"", "t"}), std::nullopt);

  session->advance_identity(described, std::nullopt);
  EXPECT_EQ(connection->catalog().last_identity({"", "t"}), std::nullopt)
      << "nothing to go on from";
  session->advance_identity(described, 40);
  EXPECT_EQ(connection->catalog().last_identity({"", "t"}), 40) << "an empty table keeps its gap";
  load(*connection, counted, {{std::int64_t{100}, std::monostate{}}});
  session->advance_identity(described, 40);
  EXPECT_EQ(connection->catalog().last_identity({"", "t"}), 100);
  session->advance_identity(described, std::nullopt);
  EXPECT_EQ(connection->catalog().last_identity({"", "t"}), 100) << "never goes back";
}

INSTANTIATE_TEST_SUITE_P(Drivers, LoadContract,
                         ::testing::Values(WorldParam{"fake", make_fake_world},
                                           WorldParam{"sqlite", make_sqlite_world},
                                           WorldParam{"sqlite_wal", make_sqlite_wal_world},
                                           WorldParam{"postgres", make_postgres_world},
                                           WorldParam{"mariadb", make_mariadb_world},
                                           WorldParam{"mysql", make_mysql_world}),
                         name_of_world);

}  // namespace
}  // namespace crossload::testing
