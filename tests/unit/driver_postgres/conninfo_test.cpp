#include "conninfo.h"

#include <algorithm>

#include <gmock/gmock.h>

namespace crossload::driver::postgres {
namespace {

using ::testing::Contains;
using ::testing::Key;
using ::testing::Not;
using ::testing::Pair;

Conninfo info_of(const std::string& url, const std::string& database = "app") {
  Endpoint endpoint;
  endpoint.profile = "shop";
  endpoint.url = Uri::parse(url);
  return conninfo(endpoint, database);
}

TEST(PostgresConninfo, PassesTheUrlsPartsUnderLibpqsKeywords) {
  const Conninfo info = info_of(
      "postgresql://us%40er:p%3Aw%2F%40@db.example:6432/other?sslmode=verify-full&sslrootcert=/"
      "ca.pem");
  EXPECT_THAT(info, Contains(Pair("host", "db.example")));
  EXPECT_THAT(info, Contains(Pair("port", "6432")));
  EXPECT_THAT(info, Contains(Pair("user", "us@er")));
  EXPECT_THAT(info, Contains(Pair("password", "p:w/@")));
  EXPECT_THAT(info, Contains(Pair("sslmode", "verify-full")));
  EXPECT_THAT(info, Contains(Pair("sslrootcert", "/ca.pem")));
  EXPECT_THAT(info, Contains(Pair("dbname", "app")));
  EXPECT_THAT(info, Contains(Pair("application_name", "crossload")));
  EXPECT_THAT(info, Contains(Pair("client_encoding", "UTF8")));
}

TEST(PostgresConninfo, LeavesOutWhatTheUrlLeavesOut) {
  const Conninfo info = info_of("postgresql://");
  for (const char* key : {"host", "port", "user", "password"}) {
    EXPECT_THAT(info, Not(Contains(Key(key)))) << key;
  }
}

TEST(PostgresConninfo, TakesSocketsAndIpv6Hosts) {
  EXPECT_THAT(info_of("postgresql://app@/?host=/run/postgresql"),
              Contains(Pair("host", "/run/postgresql")));
  EXPECT_THAT(info_of("postgresql://app@localhost/?socket=/tmp"), Contains(Pair("host", "/tmp")));
  EXPECT_THAT(info_of("postgresql://app@[::1]:5433"), Contains(Pair("host", "::1")));
  const Conninfo both = info_of("postgresql://app@localhost/?host=/run/postgresql");
  EXPECT_EQ(
      std::count_if(both.begin(), both.end(), [](const auto& p) { return p.first == "host"; }), 1);
}

TEST(PostgresConninfo, PrefersThePasswordOfTheProfile) {
  Endpoint endpoint;
  endpoint.url = Uri::parse("postgresql://app:in-url@db");
  endpoint.password = Secret("of-profile");
  EXPECT_THAT(conninfo(endpoint, "app"), Contains(Pair("password", "of-profile")));
}

TEST(PostgresConninfo, GivesTheTimeLimitInWholeSecondsUnlessTheUrlHasOne) {
  Endpoint endpoint;
  endpoint.url = Uri::parse("postgresql://db");
  endpoint.timeouts.connect = std::chrono::milliseconds(2'500);
  EXPECT_THAT(conninfo(endpoint, "app"), Contains(Pair("connect_timeout", "3")));
  EXPECT_THAT(info_of("postgresql://db?connect_timeout=7"), Contains(Pair("connect_timeout", "7")));
}

TEST(PostgresConninfo, RefusesWhatIsNoOptionOfAProfile) {
  for (const char* key : {"sslmod", "ssl-mode", "dbname", "client_encoding", "replication"}) {
    EXPECT_THROW(info_of(std::string("postgresql://db?") + key + "=x"), Error) << key;
  }
}

}  // namespace
}  // namespace crossload::driver::postgres
