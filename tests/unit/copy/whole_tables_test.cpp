#include "whole_tables.h"

#include <algorithm>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fake_driver.h"

namespace crossload::testing {
namespace {

using dialect::SchemaItem;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

/// A server that keeps what it is told, and refuses what holds one of some words.
class WholeTables : public ::testing::Test {
 protected:
  WholeTables() {
    database_.on_query = [this](std::string_view sql, const std::vector<Value>&) {
      const std::lock_guard lock(mutex_);
      for (const std::string& word : refused_) {
        if (sql.find(word) == std::string_view::npos) continue;
        throw Error(ErrorCode::kSqlError, "no " + word).statements_fault(true);
      }
      statements_.emplace_back(sql);
      return std::vector<FakeRow>();
    };
    connect(1);
  }

  void connect(std::size_t sessions) {
    while (sessions_.size() < sessions) {
      const driver::Database database{.name = "d", .location = "d", .identity = "d"};
      sessions_.push_back(driver_.connect({}, database, {.access = driver::Access::kReadWrite}));
    }
  }

  void add_table(const std::string& name) {
    script_.tables.push_back({.type = "table",
                              .name = name,
                              .table = {"", name},
                              .sql = "CREATE TABLE `" + name + "` (`id` int) ENGINE=InnoDB"});
  }
  void add_index(const std::string& table, const std::string& name) {
    script_.indexes.push_back({.type = "index",
                               .name = name,
                               .table = {"", table},
                               .sql = "CREATE INDEX",
                               .part = "INDEX `" + name + "` (`id`)"});
  }
  void add_key(const std::string& table, const std::string& parent) {
    script_.foreign_keys.push_back({.type = "foreign_key",
                                    .name = table + "_" + parent,
                                    .table = {"", table},
                                    .sql = "ALTER TABLE",
                                    .part = "FOREIGN KEY (`id`) REFERENCES `" + parent + "`",
                                    .parent = {"", parent}});
  }

  /// Names of what was made.
  std::vector<std::string> make(const std::function<bool()>& go_on = {}) {
    std::vector<driver::Connection*> sessions;
    for (const auto& session : sessions_) sessions.push_back(session.get());
    const auto made = copy::make_whole_tables(
        script_, sessions, [&](const SchemaItem& item) { return item.name != unwanted_; }, go_on);
    std::vector<std::string> names;
    for (const SchemaItem* item : made) names.push_back(item->name);
    return names;
  }

  std::mutex mutex_;
  FakeDriver driver_{Engine::kMysql};
  FakeDatabase& database_ = driver_.add_database("d");
  std::vector<std::unique_ptr<driver::Connection>> sessions_;
  dialect::SchemaScript script_;
  std::set<std::string> refused_;
  std::string unwanted_;
  std::vector<std::string> statements_;
};

TEST_F(WholeTables, AreMadeWithTheirIndexesAndKeysBehindTheirParents) {
  add_table("child");
  add_table("parent");
  add_index("child", "i");
  add_key("child", "parent");
  add_key("parent", "parent");
  EXPECT_THAT(make(),
              UnorderedElementsAre("child", "parent", "i", "child_parent", "parent_parent"));
  EXPECT_THAT(
      statements_,
      ElementsAre("CREATE TABLE `parent` (`id` int, FOREIGN KEY (`id`) REFERENCES `parent`) "
                  "ENGINE=InnoDB",
                  "CREATE TABLE `child` (`id` int, INDEX `i` (`id`), FOREIGN KEY (`id`) "
                  "REFERENCES `parent`) ENGINE=InnoDB"));
}

TEST_F(WholeTables, LeaveOneKeyOfACircleForLater) {
  for (const char* name : {"a", "b", "c"}) add_table(name);
  add_key("a", "b");
  add_key("b", "c");
  add_key("c", "a");
  EXPECT_THAT(make(), UnorderedElementsAre("a", "b", "c", "b_c", "c_a"));
}

TEST_F(WholeTables, LeaveWhatIsRefusedAndWhatRefersToIt) {
  for (const char* name : {"a", "b", "c"}) add_table(name);
  add_index("a", "odd");
  add_key("b", "a");
  add_key("c", "b");
  refused_ = {"odd"};
  EXPECT_THAT(make(), UnorderedElementsAre("b", "c", "c_b"));
}

TEST_F(WholeTables, LeaveWhatIsNotWanted) {
  add_table("there");
  add_table("new");
  add_index("there", "i");
  add_key("new", "there");
  unwanted_ = "there";
  EXPECT_THAT(make(), ElementsAre("new"));
}

TEST_F(WholeTables, EndWhenThereIsNoMoreTime) {
  for (const char* name : {"a", "b", "c"}) add_table(name);
  EXPECT_THAT(make([&] { return statements_.size() < 2; }), UnorderedElementsAre("a", "b"));
  EXPECT_THAT(make([] { return false; }), IsEmpty());
}

TEST_F(WholeTables, AreMadeOnceEachBySeveralSessions) {
  constexpr int kTables = 100;
  for (int i = 0; i < kTables; ++i) {
    add_table("t" + std::to_string(i));
    if (i > 0) add_key("t" + std::to_string(i), "t" + std::to_string(i / 3));
  }
  connect(4);
  EXPECT_EQ(make().size(), kTables + kTables - 1U);
  ASSERT_EQ(statements_.size(), std::size_t{kTables});
  const auto place_of = [&](int table) {
    return std::find_if(statements_.begin(), statements_.end(), [&](const std::string& sql) {
      return sql.starts_with("CREATE TABLE `t" + std::to_string(table) + "`");
    });
  };
  for (int i = 1; i < kTables; ++i) EXPECT_LT(place_of(i / 3), place_of(i)) << i;
}

TEST_F(WholeTables, LeaveTheRestWhenTheirSessionFails) {
  for (const char* name : {"a", "b"}) add_table(name);
  database_.on_query = [](std::string_view, const std::vector<Value>&) -> std::vector<FakeRow> {
    throw Error(ErrorCode::kConnectionFailed, "gone");
  };
  EXPECT_THAT(make(), IsEmpty());
}

TEST_F(WholeTables, AreTakenAsTemporaryOnesWithTheirIndexes) {
  add_table("a");
  add_table("b");
  add_index("a", "a_id");
  add_index("b", "refused");
  add_key("a", "b");
  refused_ = {"refused"};
  const auto taken = copy::take_as_temporary(script_, *sessions_.front(),
                                             [](const SchemaItem&) { return true; }, {});
  EXPECT_THAT(taken, UnorderedElementsAre(&script_.tables[0], &script_.indexes[0]));
  EXPECT_THAT(
      statements_,
      ElementsAre("CREATE TEMPORARY TABLE `a` (`id` int, INDEX `a_id` (`id`)) ENGINE=InnoDB",
                  "DROP TEMPORARY TABLE `a`"));
}

}  // namespace
}  // namespace crossload::testing
