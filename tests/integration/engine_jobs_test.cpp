// Migration jobs and bad input over MCP, against each real server.

#include <array>
#include <chrono>
#include <thread>

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "engine_world.h"

namespace crossload::testing {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::Not;

class EngineJobs : public ::testing::TestWithParam<Place> {
 protected:
  void SetUp() override {
    if (!is_available(GetParam())) GTEST_SKIP() << "no " << name_of(GetParam()) << " server";
    world_ = std::make_unique<EngineWorld>(GetParam());
  }
  EngineWorld& world() { return *world_; }

  /// A table of many rows in the shop, and its like, empty, in the target.
  void make_big() {
    const std::string table = "CREATE TABLE big (id integer PRIMARY KEY, a varchar(80));";
    world().target().run(table);
    world().shop().run(
        table + (world().is_postgres()
                     ? "INSERT INTO big SELECT i, repeat('x', 60) FROM generate_series(1, 200000) i"
                     : "INSERT INTO big WITH RECURSIVE d (i) AS (SELECT 0 UNION ALL SELECT i + 1 "
                       "FROM d WHERE i < 447) SELECT a.i * 448 + b.i + 1, repeat('x', 60) "
                       "FROM d a, d b WHERE a.i * 448 + b.i < 200000"));
  }
  /// Starts its copy in small batches and returns once rows have arrived.
  std::string start_big() {
    make_big();
    const Json started = world().start({{"source_table", "big"}, {"batch_size", 500}});
    EXPECT_EQ(started["is_error"], false) << started.dump();
    const auto id = started.at("job_id").get<std::string>();
    Json status;
    do {
      status = world().mcp().call("check-migration-status", {{"job_id", id}});
    } while (status["status"] == "running" && status["rows_migrated"] == 0);
    EXPECT_EQ(status["status"], "running") << "too fast to be stopped: " << status.dump();
    return id;
  }
  void expect_refused(const Json& result, const std::string& code) {
    EXPECT_EQ(result["is_error"], true) << result.dump();
    EXPECT_EQ(result.value("code", std::string()), code) << result.dump();
    EXPECT_FALSE(result["suggestions"].empty()) << result.dump();
    EXPECT_EQ(world().mcp().call("list-migration-jobs", Json::object())["total"], 0);
  }

 private:
  std::unique_ptr<EngineWorld> world_;
};

INSTANTIATE_TEST_SUITE_P(Servers, EngineJobs,
                         ::testing::Values(Place::kPostgres, Place::kMariadb, Place::kMysql),
                         [](const auto& place) { return name_of(place.param); });

TEST_P(EngineJobs, CopyATableAndTellOfIt) {
  world().target().run(
      "CREATE TABLE customers (id integer PRIMARY KEY, name varchar(40), note text" +
      std::string(world().is_postgres() ? ")" : ", changed timestamp(3) NULL)"));
  const Json started = world().start({{"source_table", "customers"}});
  ASSERT_EQ(started["is_error"], false) << started.dump();
  EXPECT_EQ(started["mode"], "single_table");
  const Json status = world().mcp().wait_for_job(started["job_id"]);
  EXPECT_EQ(status["status"], "completed") << status.dump();
  EXPECT_EQ(status["rows_read"], 3);
  EXPECT_EQ(status["rows_migrated"], 3);
  EXPECT_EQ(status["progress_percent"], 100);
  EXPECT_EQ(world().target().ask("SELECT name FROM customers WHERE id = 3"), "Zoë");
  const Json jobs = world().mcp().call("list-migration-jobs", Json::object());
  EXPECT_EQ(jobs["jobs"][0]["job_id"], started["job_id"]) << jobs.dump();
  const Json tables =
      world().call("list-tables", "reader", {{"database_name", world().target().name()}});
  EXPECT_EQ(tables["total"], 1) << "the ledger is gone, and never listed: " << tables.dump();
}

TEST_P(EngineJobs, RowsThatTheTargetRefusesAreKeptApart) {
  const std::string name = world().is_postgres() ? "sales.invoices" : "invoices";
  world().target().run((world().is_postgres() ? "CREATE SCHEMA sales;" : "") +
                       ("CREATE TABLE " + name) +
                       " (id integer PRIMARY KEY, order_id bigint CHECK (order_id <> 7))");
  const Json started = world().start({{"source_table", name}});
  ASSERT_EQ(started["is_error"], false) << started.dump();
  const Json status = world().mcp().wait_for_job(started["job_id"]);
  EXPECT_EQ(status["status"], "completed_with_errors") << status.dump();
  EXPECT_EQ(status["rows_migrated"], 9);
  EXPECT_EQ(status["rows_failed"], 1);
  ASSERT_EQ(status["failed_tables"].size(), 1U);
  const Json rejects = world().mcp().call(
      "read-artifact",
      {{"job_id", started["job_id"]}, {"path", status["failed_tables"][0]["error_file"]}});
  EXPECT_THAT(rejects.value("text", std::string()), HasSubstr("check")) << rejects.dump();
}

TEST_P(EngineJobs, CancelStopsAtACommittedBatchAndResumeGoesOn) {
  const std::string id = start_big();
  const Json twin = world().start({{"source_table", "big"}});
  EXPECT_EQ(twin.value("code", std::string()), "MIGRATION_ALREADY_EXISTS") << twin.dump();
  const Json cancelled = world().mcp().call("cancel-migration-job", {{"job_id", id}});
  EXPECT_EQ(cancelled["is_error"], false) << cancelled.dump();
  const Json stopped = world().mcp().wait_for_job(id);
  EXPECT_EQ(stopped["status"], "cancelled") << stopped.dump();
  EXPECT_EQ(stopped["resumable"], true);
  EXPECT_EQ(world().running("big"), "0");
  const std::string count = world().target().ask("SELECT count(*) FROM big");
  EXPECT_EQ(count, std::to_string(stopped["rows_migrated"].get<int>()));

  world().restart();
  const Json resumed = world().mcp().call("start-migration-job", {{"resume_job_id", id}});
  EXPECT_EQ(resumed["status"], "resumed") << resumed.dump();
  const Json done = world().mcp().wait_for_job(id);
  EXPECT_EQ(done["status"], "completed") << done.dump();
  EXPECT_EQ(done["rows_migrated"], 200000);
  EXPECT_EQ(world().target().ask("SELECT count(*), min(id), max(id) FROM big"),
            "200000\t1\t200000");
}

TEST_P(EngineJobs, DiscardGivesAJobUpAndTakesItsLedgerAway) {
  const std::string id = start_big();
  const Json given_up =
      world().mcp().call("cancel-migration-job", {{"job_id", id}, {"discard", true}});
  EXPECT_EQ(given_up["is_error"], false) << given_up.dump();
  const Json status = world().mcp().wait_for_job(id);
  EXPECT_EQ(status["resumable"], false) << status.dump();
  EXPECT_EQ(world().target().ask("SELECT count(*) FROM information_schema.tables WHERE "
                                 "table_name = 'crossload_ledger' AND '" +
                                 world().target().name() + "' IN (table_schema, table_catalog)"),
            "0");
  const Json again = world().mcp().call("start-migration-job", {{"resume_job_id", id}});
  EXPECT_EQ(again.value("code", std::string()), "CHECKPOINT_NOT_FOUND") << again.dump();
}

TEST_P(EngineJobs, RefuseTheSameDatabaseUnderAnotherHostName) {
  expect_refused(
      world().start({{"target_profile", "otherhost"}, {"target_database", world().shop().name()}}),
      "INVALID_ARGUMENT");
}

TEST_P(EngineJobs, RefuseWhatCannotWorkBeforeAnyJobExists) {
  expect_refused(world().start({{"target_profile", "reader"}}), "ACCESS_DENIED");
  expect_refused(world().start({{"target_profile", "writer"}, {"truncate_target", true}}),
                 "ACCESS_DENIED");
  expect_refused(world().start({{"source_table", "custmers"}}), "SOURCE_TABLE_NOT_FOUND");
  expect_refused(world().start({{"source_table", "customers"}}), "TARGET_TABLE_NOT_FOUND");
  expect_refused(world().start({{"source_database", world().shop().name() + "x"}}),
                 "DATABASE_NOT_FOUND");
  for (const bool create : {false, true}) {
    expect_refused(world().start({{"target_database", world().target().name() + "x"},
                                  {"create_schema", create}}),
                   "DATABASE_NOT_FOUND");
  }
  world().target().run("CREATE TABLE customers (id integer PRIMARY KEY, name varchar(40))");
  const Json mismatch = world().start({{"source_table", "customers"}});
  expect_refused(mismatch, "COLUMN_MISMATCH");
  EXPECT_THAT(mismatch["message"].get<std::string>(), HasSubstr("note"));
}

TEST_P(EngineJobs, WrongNamesComeWithTheNearest) {
  const std::string shop = world().shop().name();
  const Json database = world().call("list-tables", "reader", {{"database_name", shop + "x"}});
  expect_refused(database, "DATABASE_NOT_FOUND");
  EXPECT_THAT(database["candidates"], ::testing::Contains(shop));
  const Json table = world().call("describe-table", "reader", {{"table_name", "custmers"}});
  expect_refused(table, "TABLE_NOT_FOUND");
  EXPECT_EQ(table["candidates"][0], "customers");
  const std::string schema = world().is_postgres() ? "sales" : shop;
  const Json inside = world().call("sample-data", "reader", {{"table_name", schema + ".invoice"}});
  expect_refused(inside, "TABLE_NOT_FOUND");
  EXPECT_THAT(inside["candidates"][0].get<std::string>(), HasSubstr("invoices"));
  expect_refused(world().mcp().call("list-tables", {{"profile_name", "reader"}}),
                 "INVALID_ARGUMENT");
  expect_refused(
      world().call("list-tables", "narrow", {{"database_name", world().target().name()}}),
      "DATABASE_NOT_FOUND");
}

TEST_P(EngineJobs, ServersThatCannotBeReachedAreToldAsSuch) {
  for (const char* profile : {"dead", "nohost"}) {
    const Json result = world().call("list-tables", profile);
    expect_refused(result, "CONNECTION_FAILED");
    EXPECT_THAT(result["message"].get<std::string>(), HasSubstr(profile));
    expect_refused(world().mcp().call("list-databases", {{"profile_name", profile}}),
                   "CONNECTION_FAILED");
    expect_refused(world().start({{"source_profile", profile}}), "CONNECTION_FAILED");
  }
  EXPECT_EQ(world().call("list-tables", "dead")["retryable"], true);
}

TEST_P(EngineJobs, TlsThatIsDemandedIsThereOrTheCallFails) {
  const bool has_tls =
      world().place() == Place::kMysql ||
      (world().place() == Place::kMariadb && world().shop().ask("SELECT @@have_ssl") == "YES");
  const Json result =
      world().call("query-sql", "tls",
                   {{"sql", world().is_postgres() ? "SELECT 1" : "SHOW STATUS LIKE 'Ssl_cipher'"}});
  if (!has_tls) return expect_refused(result, "CONNECTION_FAILED");
  EXPECT_NE(result["rows"][0][1], "") << result.dump();
}

TEST_P(EngineJobs, MissingRightsAreToldAsSuch) {
  const Json query = world().call("query-sql", "poor", {{"sql", "SELECT * FROM orders"}});
  expect_refused(query, "ACCESS_DENIED");
  expect_refused(world().execute("poor", "CREATE TABLE mine (a integer)"), "ACCESS_DENIED");
  // MySQL shows a user only what it has a right on.
  const Json sample = world().call("sample-data", "poor", {{"table_name", "orders"}});
  expect_refused(sample, world().is_postgres() ? "ACCESS_DENIED" : "TABLE_NOT_FOUND");
  const Json own = world().call("sample-data", "poor", {{"table_name", "customers"}});
  EXPECT_EQ(own["is_error"], false) << own.dump();
  EXPECT_EQ(world().call("describe-table", "poor", {{"table_name", "customers"}})["is_error"],
            false);
}

TEST_P(EngineJobs, AUserWithRightsOnOneTableMigratesThatOne) {
  world().target().run(
      "CREATE TABLE customers (id integer PRIMARY KEY, name varchar(40), note text" +
      std::string(world().is_postgres() ? ")" : ", changed timestamp(3) NULL)"));
  const Json started = world().start({{"source_profile", "poor"}, {"source_table", "customers"}});
  ASSERT_EQ(started["is_error"], false) << started.dump();
  EXPECT_EQ(world().mcp().wait_for_job(started["job_id"])["status"], "completed");
}

TEST_P(EngineJobs, PasswordsAreNowhereToBeFound) {
  const std::string part = "hunter2";
  for (const char* profile : {"poor", "wrongpw"}) {
    world().mcp().call("list-databases", {{"profile_name", profile}});
    const Json tables = world().call("list-tables", profile);
    if (!world().is_postgres() && profile == std::string("wrongpw")) {
      EXPECT_EQ(tables.value("code", std::string()), "ACCESS_DENIED") << tables.dump();
      EXPECT_THAT(tables["suggestions"].dump(), HasSubstr("password"));
    }
    world().start({{"source_profile", profile}, {"source_table", "orders"}});
  }
  world().mcp().call("list-profiles", {{"check", true}});
  EXPECT_EQ(world().mcp().output().find(part), std::string::npos);
  EXPECT_THAT(world().folder().read("stderr"), Not(HasSubstr(part)));
  if (!std::filesystem::exists(world().state())) return;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(world().state())) {
    if (!entry.is_regular_file()) continue;
    const auto below = entry.path().lexically_relative(world().folder().path());
    EXPECT_THAT(world().folder().read(below), Not(HasSubstr(part))) << below;
  }
}

/// Speaks enough of PostgreSQL's protocol to ask for a password and to refuse it, repeating it.
class RefusingServer {
 public:
  RefusingServer() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* any = reinterpret_cast<sockaddr*>(&address);
    if (::bind(socket_, any, size) != 0 || ::listen(socket_, 16) != 0 ||
        ::getsockname(socket_, any, &size) != 0) {
      throw std::runtime_error("no port is free");
    }
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this] { serve(); });
  }
  RefusingServer(const RefusingServer&) = delete;
  RefusingServer& operator=(const RefusingServer&) = delete;
  ~RefusingServer() {
    ::shutdown(socket_, SHUT_RDWR);
    thread_.join();
    ::close(socket_);
  }
  int port() const { return port_; }

 private:
  static std::string number(std::size_t value) {
    const std::uint32_t wire = htonl(static_cast<std::uint32_t>(value));
    return {reinterpret_cast<const char*>(&wire), sizeof wire};
  }
  static std::string received(int client) {
    std::array<char, 4096> buffer{};
    const ssize_t bytes = ::recv(client, buffer.data(), buffer.size(), 0);
    return {buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(bytes, 0))};
  }
  static void refuse(int client) {
    const std::string ask = "R" + number(8) + number(3);
    if (received(client).size() == 8) {  // Wants TLS, or GSS.
      if (::send(client, "N", 1, MSG_NOSIGNAL) != 1) return;
      received(client);
    }
    ::send(client, ask.data(), ask.size(), MSG_NOSIGNAL);
    std::string password = received(client);
    password = password.size() > 6 ? password.substr(5, password.size() - 6) : "";
    const std::string body =
        std::string("SFATAL\0C28P01\0Mno login with ", 30) + password + std::string("\0\0", 2);
    const std::string error = "E" + number(body.size() + 4) + body;
    ::send(client, error.data(), error.size(), MSG_NOSIGNAL);
  }
  void serve() const {
    while (true) {
      const int client = ::accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
      if (client < 0) return;
      refuse(client);
      ::close(client);
    }
  }

  int socket_;
  int port_ = 0;
  std::jthread thread_;
};

TEST(PostgresLogin, ARefusedPasswordIsToldWithoutIt) {
  const RefusingServer server;
  const TempFolder folder;
  const std::string password = EngineWorld::kPassword;
  folder.write("crossload.json", R"({"profiles":{"locked":{"url":"postgresql://app@127.0.0.1:)" +
                                     std::to_string(server.port()) + R"(","password":")" +
                                     password + R"("}}})");
  McpSession session(folder / "crossload.json", folder / "stderr");
  const Json result =
      session.call("list-tables", {{"profile_name", "locked"}, {"database_name", "app"}});
  EXPECT_EQ(result.value("code", std::string()), "CONNECTION_FAILED") << result.dump();
  EXPECT_THAT(result["message"].get<std::string>(), HasSubstr("no login"));
  EXPECT_EQ(result["retryable"], false);
  EXPECT_THAT(result["suggestions"].dump(), HasSubstr("password"));
  EXPECT_THAT(session.output(), Not(HasSubstr(password)));
  EXPECT_THAT(folder.read("stderr"), Not(HasSubstr(password)));
}

TEST(Urls, AnUnknownTlsModeIsRefusedAtTheStart) {
  for (const std::string url :
       {"postgresql://a@h?sslmode=requier", "mysql://a@h?ssl-mode=REQUIER"}) {
    const TempFolder folder;
    folder.write("crossload.json", R"({"profiles":{"p":{"url":")" + url + R"("}}})");
    const CommandResult result = run_crossload({"list-profiles"}, folder.path());
    EXPECT_EQ(result.status, 2) << result.out;
    EXPECT_THAT(result.err, HasSubstr("must be one of"));
    EXPECT_THAT(result.err, HasSubstr("'p'"));
  }
}

}  // namespace
}  // namespace crossload::testing
