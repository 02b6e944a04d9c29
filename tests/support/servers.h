#pragma once

#include <optional>
#include <string>

#include "crossload/base/uri.h"

namespace crossload::testing {

enum class TestServer { kPostgres, kMariadb, kMysql };

/// The URL of a server that scripts/servers started, from the environment; nullopt where there is
/// none. In CI a missing server is a failure, except MySQL on a day when it could not be installed.
std::optional<Uri> test_server(TestServer server);

/// A name for a database that no other test has.
std::string fresh_database_name();

}  // namespace crossload::testing

/// Skips the test where the server is not there.
#define CROSSLOAD_NEED_SERVER(server)             \
  if (!::crossload::testing::test_server(server)) \
  GTEST_SKIP() << "no such server: run scripts/servers start FOLDER and source FOLDER/env"
