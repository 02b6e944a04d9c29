// 56, and 134 of what is read and written: sessions that a server begins in another sql_mode. An
// option file of the program's own gives its sessions what a server's global setting would, and
// nobody else's.

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fidelity_case.h"
#include "migration_run.h"

namespace crossload::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::chrono::minutes kRunLimit{2};

constexpr const char* kOptions =
    "[crossload]\n"
    "init-command=\"SET SESSION sql_mode = "
    "'NO_BACKSLASH_ESCAPES,ANSI_QUOTES,PAD_CHAR_TO_FULL_LENGTH,PIPES_AS_CONCAT,NO_ZERO_DATE', "
    "@crossload_began_with = 'NO_BACKSLASH_ESCAPES'\"\n";

struct Direction {
  Place from;
  Place to;
};

void PrintTo(const Direction& direction, std::ostream* out) {
  *out << name_of(direction.from) << " to " << name_of(direction.to);
}

bool is_mysql(Place place) {
  return place == Place::kMariadb || place == Place::kMysql;
}

/// Texts that mean something within a literal; as each engine writes their bytes.
const std::vector<std::string>& hex_texts() {
  static const std::vector<std::string> texts = {
      "5c", "5c27", "275c27", "5c5c", "5c4e", "5c2e", "22", "275c6e275c", "0d0a095c30", "c3a95c"};
  return texts;
}

std::string table_of_texts(Place place) {
  std::string sql = "CREATE TABLE t (id integer PRIMARY KEY, v varchar(40), c char(5)); ";
  int id = 0;
  for (const std::string& hex : hex_texts()) {
    std::string text = "x'" + hex + "'";
    if (place == Place::kSqlite) text = "CAST(" + text + " AS TEXT)";
    if (place == Place::kPostgres) text = "convert_from(decode('" + hex + "', 'hex'), 'UTF8')";
    sql += "INSERT INTO t VALUES (" + std::to_string(++id) + ", " + text + ", 'ab'); ";
  }
  return sql;
}

std::string hex_query(Place place) {
  return place == Place::kPostgres
             ? "SELECT encode(convert_to(v, 'UTF8'), 'hex'), rtrim(c) FROM t ORDER BY id"
             : "SELECT lower(hex(v)), rtrim(c) FROM t ORDER BY id";
}

class Case56 : public ::testing::TestWithParam<Direction> {
 protected:
  /// The program with the option file, told to do what `tool` and its arguments say.
  std::string call(const MigrationRun& run, const std::string& tool,
                   const std::vector<std::string>& arguments) const {
    std::vector<std::string> command = run.command({});
    command.back() = tool;
    command.insert(command.begin() + 1, "HOME=" + home_.path().string());
    command.insert(command.end(), arguments.begin(), arguments.end());
    Process process(command, run.folder() / "call.out");
    EXPECT_TRUE(process.wait(kRunLimit).has_value());
    return run.folder().read("call.out");
  }

  /// The sessions of a profile began as the option file says, and go on as the program wants them.
  void expect_begun_so(const MigrationRun& run, const std::string& profile,
                       const TestDatabase& database) const {
    if (!is_mysql(database.place())) return;
    const std::string modes = call(run, "query-sql",
                                   {"--profile-name", profile, "--database-name", database.name(),
                                    "--sql", "SELECT @crossload_began_with, @@sql_mode", "--json"});
    EXPECT_THAT(modes, HasSubstr("STRICT_ALL_TABLES"));
    const std::size_t first = modes.find("NO_BACKSLASH_ESCAPES");
    EXPECT_NE(first, std::string::npos) << modes;
    const std::size_t own = modes.find("STRICT_ALL_TABLES");
    EXPECT_THAT(modes.substr(std::min(own, modes.size())), Not(HasSubstr("BACKSLASH")));
  }

  TempFolder home_;
};

TEST_P(Case56, HoldsInWhateverSqlModeSessionsBegin) {
  const auto [from, to] = GetParam();
  if (!is_available(from) || !is_available(to)) GTEST_SKIP() << "a server is missing";
  home_.write(".my.cnf", kOptions);
  const TestDatabase source(from);
  const TestDatabase target(to);
  source.run(table_of_texts(from));
  std::string expected;
  for (const std::string& hex : hex_texts())
    expected += (expected.empty() ? "" : "\n") + hex + "\tab";
  for (const std::string mode : {"error", "update"}) {
    SCOPED_TRACE(mode);
    const MigrationRun run(source, target);
    expect_begun_so(run, "from", source);
    expect_begun_so(run, "to", target);
    std::vector<std::string> arguments = {"--on-conflict", mode};
    if (mode == "error") arguments.push_back("--create-schema");
    const std::string told = call(run, "start-migration-job", run.arguments(arguments));
    EXPECT_EQ(run.status().value("status", ""), "completed") << told;
    EXPECT_EQ(target.ask(hex_query(to)), expected);
    target.run("UPDATE t SET v = 'x'");
  }
}

INSTANTIATE_TEST_SUITE_P(Directions, Case56,
                         ::testing::Values(Direction{Place::kMariadb, Place::kMysql},
                                           Direction{Place::kMysql, Place::kMariadb},
                                           Direction{Place::kSqlite, Place::kMysql},
                                           Direction{Place::kPostgres, Place::kMariadb},
                                           Direction{Place::kMariadb, Place::kPostgres},
                                           Direction{Place::kMysql, Place::kSqlite}),
                         [](const auto& test) {
                           return std::string(name_of(test.param.from)) + "_to_" +
                                  name_of(test.param.to);
                         });

}  // namespace
}  // namespace crossload::testing
