#include "servers.h"

#include <atomic>
#include <chrono>
#include <cstdlib>

#include <gtest/gtest.h>
#include <unistd.h>

namespace crossload::testing {
namespace {

const char* variable_of(TestServer server) {
  switch (server) {
    case TestServer::kPostgres:
      return "CROSSLOAD_TEST_POSTGRES";
    case TestServer::kMariadb:
      return "CROSSLOAD_TEST_MARIADB";
    case TestServer::kMysql:
      return "CROSSLOAD_TEST_MYSQL";
  }
  return "";
}

}  // namespace

std::optional<Uri> test_server(TestServer server) {
  if (const char* url = std::getenv(variable_of(server))) return Uri::parse(url);
  const bool excused =
      server == TestServer::kMysql && std::getenv("CROSSLOAD_TEST_MYSQL_MISSING") != nullptr;
  if (std::getenv("CI") != nullptr && !excused) {
    ADD_FAILURE() << variable_of(server) << " is not set, and in CI every server must be there";
  }
  return std::nullopt;
}

std::string fresh_database_name() {
  static std::atomic<int> next{0};
  const auto now = std::chrono::system_clock::now().time_since_epoch().count();
  return "xl_" + std::to_string(::getpid()) + "_" + std::to_string(now % 1'000'000'000) + "_" +
         std::to_string(next++);
}

}  // namespace crossload::testing
