#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

#include "postgres_fixture.h"

// Large rows where rows may be there: they go by a table of the session's own, where it may make
// one.
namespace crossload::testing {
namespace {

using namespace driver;

class PostgresLargeRows : public PostgresTest {
 protected:
  using Rejects = std::vector<std::pair<std::size_t, std::string>>;

  void SetUp() override {
    PostgresTest::SetUp();
    if (!connection_) return;
    role_ = world_->database_name() + "_writer";
    run("CREATE TABLE a (id integer PRIMARY KEY, v text, n integer UNIQUE, day date NOT NULL, net "
        "inet)");
    run("CREATE ROLE " + role_ + " LOGIN");
    run("GRANT SELECT, INSERT, UPDATE ON a TO " + role_);
    run("REVOKE TEMPORARY ON DATABASE \"" + world_->database_name() + "\" FROM PUBLIC");
  }
  void TearDown() override {
    if (!connection_) return;
    run("DROP OWNED BY " + role_);
    run("DROP ROLE " + role_);
  }

  static Row row(std::int64_t id, std::int64_t n, Value day, const char* net) {
    return {id, std::string(kLarge, 'x') + std::to_string(id), n, std::move(day), std::string(net)};
  }

  /// Writes rows of which the first and the sixth are good, and compares.
  void expect_rejects(const std::string& user) {
    const Value day = std::string("2020-01-01");
    std::vector<Row> rows = {row(1, 1, day, "10.0.0.1"),
                             row(2, 1, day, "10.0.0.1"),
                             row(3, 3, std::monostate{}, "10.0.0.1"),
                             row(4, 4, std::string("2020-13-01"), "10.0.0.1"),
                             row(5, 5, day, "10.0.0"),
                             row(6, 6, day, "10.0.0.1"),
                             {std::int64_t{7}, std::string(kLarge, '\0'), std::int64_t{7}, day,
                              std::string("10.0.0.1")}};
    rows[4][4] = std::string(kLarge, 'n');
    Endpoint endpoint = world_->endpoint();
    if (!user.empty()) endpoint.url.user = user;
    const auto writing = open_as(endpoint, Access::kReadWrite);
    WriteRequest request = write_request(writing->catalog().describe({"", "a"}));
    request.on_conflict = ConflictMode::kUpdate;
    request.conflict_key = {"id"};
    const auto transaction = writing->begin(TransactionMode::kWrite);
    const auto writer = writing->write_table(request);
    Rejects rejects;
    for (const WriteFailure& failure : write_all(*writer, batch_of(rows))) {
      rejects.emplace_back(failure.first, failure.code);
      EXPECT_LT(failure.error.message().size(), 10'000U) << "the server quotes the whole value";
    }
    transaction->commit();
    EXPECT_EQ(
        rejects,
        (Rejects{{1, "unique"}, {2, "not_null"}, {3, "datetime"}, {4, "datatype"}, {6, "nul"}}));
    EXPECT_EQ(ask("SELECT string_agg(id::text, ',' ORDER BY id), min(length(v)) FROM a"),
              (std::vector<Row>{{std::string("1,6"), std::int64_t{kLarge + 1}}}));
  }

  static constexpr std::size_t kLarge = std::size_t{5} << 20;
  std::string role_;
};

TEST_F(PostgresLargeRows, AreRejectedOneByOne) {
  expect_rejects({});
  expect_rejects({});  // Now the good ones are there.
}

TEST_F(PostgresLargeRows, AreRejectedOneByOneWithoutTheRightToMakeTables) {
  expect_rejects(role_);
}

}  // namespace
}  // namespace crossload::testing
