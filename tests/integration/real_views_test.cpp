// The views of real databases give the same rows on both sides, wherever they were translated.

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "migration_run.h"
#include "testdata.h"
#include "view_rows.h"

namespace crossload::testing {
namespace {

/// A data set, and how many of its views at least come to each engine.
struct Expected {
  const char* dataset;
  std::size_t sqlite;
  std::size_t postgres;
  std::size_t mysql;
};
void PrintTo(const Expected& expected, std::ostream* out) {
  *out << expected.dataset;
}

class RealViews : public ::testing::TestWithParam<Expected> {
 protected:
  void SetUp() override { need_dataset(GetParam().dataset); }
};

/// The sorted `rows` that others have not, a line each.
std::string not_in(const std::vector<std::string>& others, const std::vector<std::string>& rows) {
  std::vector<std::string> missing;
  std::set_difference(rows.begin(), rows.end(), others.begin(), others.end(),
                      std::back_inserter(missing));
  std::string text;
  for (const std::string& row : missing) text += row + "\n";
  return text;
}

/// How many views the target has; each gives what the source's gives.
std::size_t carry(const TestDatabase& source, Place to) {
  const TestDatabase target(to);
  const MigrationRun run(source, target);
  const nlohmann::json status = run.run({"--create-schema"});
  EXPECT_TRUE(status.contains("tables_status")) << status.dump(1);
  for (const nlohmann::json& warning : status.value("warnings", nlohmann::json::array())) {
    const std::string text = warning.dump();
    // What the product wrote itself must run.
    if (text.find("not made: view") == std::string::npos) continue;
    EXPECT_NE(text.find("has no translation"), std::string::npos) << text;
  }
  const std::vector<std::string> known = view_names(source);
  std::vector<std::string> both;
  for (const std::string& view : view_names(target)) {
    if (std::find(known.begin(), known.end(), view) != known.end()) both.push_back(view);
  }
  const auto wanted = view_rows(source, both);
  const auto found = view_rows(target, both);
  for (const std::string& view : both) {
    EXPECT_EQ(not_in(found.at(view), wanted.at(view)), "") << view << " has lost rows";
    EXPECT_EQ(not_in(wanted.at(view), found.at(view)), "") << view << " has other rows";
  }
  return both.size();
}

void carry_everywhere(const TestDatabase& source, const Expected& expected) {
  for (const Place to : {Place::kSqlite, Place::kPostgres, Place::kMariadb, Place::kMysql}) {
    if (!is_available(to)) continue;
    SCOPED_TRACE(std::string("to ") + name_of(to));
    const std::size_t least = to == Place::kSqlite     ? expected.sqlite
                              : to == Place::kPostgres ? expected.postgres
                                                       : expected.mysql;
    EXPECT_GE(carry(source, to), least);
  }
}

TEST_P(RealViews, GiveTheSameRowsOnBothSides) {
  for_each_database(GetParam().dataset,
                    [](const TestDatabase& source) { carry_everywhere(source, GetParam()); });
}

INSTANTIATE_TEST_SUITE_P(All, RealViews,
                         ::testing::Values(Expected{"sakila_mysql", 5, 5, 7},
                                           Expected{"pgloader_mysql", 1, 1, 1},
                                           Expected{"northwind_sqlite", 16, 15, 15}),
                         [](const auto& test) { return std::string(test.param.dataset); });

}  // namespace
}  // namespace crossload::testing
