#include <thread>

#include "sqlite_file.h"

namespace crossload::testing {
namespace {

using namespace driver;

constexpr const char* kEndless =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n";

class SqliteCancel : public SqliteFile {};

TEST_F(SqliteCancel, EndsAStatementAtTheProfilesTimeLimit) {
  script("CREATE TABLE t (a)");
  Endpoint limited = endpoint();
  limited.timeouts.statement = std::chrono::milliseconds(30);
  const auto connection =
      driver_->connect(limited, driver_->resolve(limited, "test.db", false), {});
  const Error error = error_of([&] { fetch_all(*connection, kEndless); });
  EXPECT_EQ(error.code(), ErrorCode::kCancelled);
  EXPECT_NE(error.message().find("timeouts.statement"), std::string::npos);
  EXPECT_EQ(text(*connection, "SELECT 1"), "1") << "the session goes on";
}

TEST_F(SqliteCancel, EndsAWaitForALock) {
  script("CREATE TABLE t (a)");
  Endpoint patient = endpoint();
  patient.timeouts.lock = std::chrono::hours(1);
  const Database database = driver_->resolve(patient, "test.db", false);
  const auto waiting = driver_->connect(patient, database, {Access::kReadWrite, false, {}});
  const auto holder = open_to_write();
  const auto transaction = holder->begin(TransactionMode::kWrite);
  std::jthread canceller([&] { waiting->cancel(); });
  EXPECT_EQ(error_of([&] { waiting->begin(TransactionMode::kWrite); }).code(),
            ErrorCode::kCancelled);
}

TEST_F(SqliteCancel, IsUsedUpByTheCallItStops) {
  script("CREATE TABLE t (a)");
  const auto connection = open_to_write();
  for (int i = 0; i < 50; ++i) {
    std::jthread canceller([&] { connection->cancel(); });
    EXPECT_EQ(error_of([&] { fetch_all(*connection, kEndless); }).code(), ErrorCode::kCancelled);
    canceller.join();
    EXPECT_EQ(text(*connection, "SELECT count(*) FROM t"), "0");
  }
}

}  // namespace
}  // namespace crossload::testing
