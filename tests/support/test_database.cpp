#include "test_database.h"

#include <chrono>
#include <stdexcept>

#include "process.h"
#include "servers.h"

namespace crossload::testing {
namespace {

constexpr std::chrono::minutes kLimit{15};

TestServer server_of(Place place) {
  if (place == Place::kPostgres) return TestServer::kPostgres;
  return place == Place::kMariadb ? TestServer::kMariadb : TestServer::kMysql;
}

/// The output of a command that must succeed.
std::string output_of(const std::vector<std::string>& command, const TempFolder& folder,
                      bool may_fail = false) {
  Process process(command, folder / "shell.out");
  const auto status = process.wait(kLimit);
  std::string output = folder.read("shell.out");
  if (status != 0 && !may_fail) throw std::runtime_error(command.front() + ": " + output);
  return output;
}

}  // namespace

const char* name_of(Place place) {
  switch (place) {
    case Place::kSqlite:
      return "sqlite";
    case Place::kPostgres:
      return "postgres";
    case Place::kMariadb:
      return "mariadb";
    case Place::kMysql:
      return "mysql";
  }
  return "";
}

const char* engine_of(Place place) {
  return place == Place::kMariadb ? "mysql" : name_of(place);
}

bool is_available(Place place) {
  return place == Place::kSqlite || test_server(server_of(place)).has_value();
}

TestDatabase::TestDatabase(Place place) : place_(place), name_(fresh_database_name()) {
  if (place == Place::kSqlite) {
    name_ += ".db";
    return;
  }
  const Uri url = test_server(server_of(place)).value();
  host_ = url.host;
  port_ = std::to_string(url.port.value());
  user_ = url.user;
  const std::string wanted = name_;
  name_ = place == Place::kPostgres ? "postgres" : "mysql";
  run_shell(place == Place::kPostgres
                ? "CREATE DATABASE " + wanted + " TEMPLATE template0 ENCODING 'UTF8'"
                : "CREATE DATABASE " + wanted + " CHARACTER SET utf8mb4",
            true);
  name_ = wanted;
}

TestDatabase::TestDatabase(const std::filesystem::path& file) : TestDatabase(Place::kSqlite) {
  std::filesystem::copy_file(file, folder_ / name_);
}

TestDatabase::~TestDatabase() {
  if (place_ == Place::kSqlite) return;
  const std::string gone = name_;
  name_ = place_ == Place::kPostgres ? "postgres" : "mysql";
  try {
    run_shell(
        "DROP DATABASE IF EXISTS " + gone + (place_ == Place::kPostgres ? " WITH (FORCE)" : ""),
        true);
  } catch (const std::exception&) {
    // The server goes with the run.
  }
}

std::vector<std::string> TestDatabase::shell(bool query) const {
  switch (place_) {
    case Place::kSqlite:
      return {"/usr/bin/sqlite3",
              "-bail",
              "-cmd",
              ".timeout 10000",
              "-tabs",
              "-nullvalue",
              "NULL",
              (folder_ / name_).string()};
    case Place::kPostgres:
      return {"/usr/bin/psql",
              "-X",
              "-q",
              "-h",
              host_,
              "-p",
              port_,
              "-U",
              user_,
              "-d",
              name_,
              "-v",
              "ON_ERROR_STOP=1",
              "-F",
              "\t",
              "-P",
              "null=NULL",
              query ? "-At" : "-q"};
    case Place::kMariadb:
    case Place::kMysql:
      return {"/usr/bin/mariadb",
              "--no-defaults",
              "-h",
              host_,
              "-P",
              port_,
              "-u",
              user_,
              "--protocol=TCP",
              "--default-character-set=utf8mb4",
              "--batch",
              "--raw",
              "-N",
              "--binary-mode",
              "--max-allowed-packet=1G",
              name_};
  }
  return {};
}

std::string TestDatabase::run_shell(const std::string& sql, bool query) const {
  return feed_shell(folder_.write("shell.sql", sql), query);
}

std::string TestDatabase::feed_shell(const std::filesystem::path& script, bool query) const {
  const std::string command = "exec \"$@\" < " + script.string();
  std::vector<std::string> whole = {"/bin/sh", "-c", command, "sh"};
  for (const std::string& part : shell(query)) whole.push_back(part);
  std::string output = output_of(whole, folder_);
  while (output.ends_with('\n')) output.pop_back();
  return output;
}

void TestDatabase::run(const std::string& sql) const {
  run_shell(sql, false);
}

void TestDatabase::run_file(const std::filesystem::path& script) const {
  feed_shell(script, false);
}

std::string TestDatabase::ask(const std::string& sql) const {
  return run_shell(sql, true);
}

bool TestDatabase::has_table(const std::string& name) const {
  const std::string from = place_ == Place::kSqlite
                               ? "sqlite_schema WHERE name = '"
                               : "information_schema.tables WHERE table_name = '";
  const std::string here =
      place_ == Place::kMariadb || place_ == Place::kMysql ? " AND table_schema = database()" : "";
  return ask("SELECT count(*) FROM " + from + name + "'" + here) != "0";
}

void TestDatabase::load(const std::filesystem::path& dataset) const {
  const std::filesystem::path loaders = dataset.parent_path();
  if (place_ == Place::kPostgres) {
    output_of({"/usr/bin/env", "PGHOST=" + host_, "PGPORT=" + port_, "PGUSER=" + user_, "bash",
               (loaders / "load_pg.sh").string(), name_, dataset.string()},
              folder_);
  } else {
    output_of({"/usr/bin/env", "MYSQL_HOST=" + host_, "MYSQL_PORT=" + port_, "MYSQL_USER=" + user_,
               "bash", (loaders / "load_mysql.sh").string(), name_, dataset.string()},
              folder_);
  }
}

std::string TestDatabase::profile(const std::string& access) const {
  const std::string rest = R"(","access":")" + access + R"(","allow":["truncate","drop"]})";
  if (place_ == Place::kSqlite) return R"({"url":"sqlite:)" + folder_.path().string() + rest;
  const std::string scheme = place_ == Place::kPostgres ? "postgresql" : "mysql";
  return R"({"url":")" + scheme + "://" + user_ + "@" + host_ + ":" + port_ + rest;
}

std::string TestDatabase::url() const {
  if (place_ == Place::kSqlite) return "sqlite:" + (folder_ / name_).string();
  const std::string scheme = place_ == Place::kPostgres ? "postgresql" : "mysql";
  return scheme + "://" + user_ + "@" + host_ + ":" + port_ + "/" + name_;
}

std::string compare_by_servers(const TestDatabase& source, const TestDatabase& target,
                               const std::vector<std::string>& failed) {
  TempFolder folder;
  std::vector<std::string> command = {
      "/usr/bin/env", "python3",
      std::string(CROSSLOAD_SOURCE_DIR) + "/tests/support/compare_databases.py", source.url(),
      target.url()};
  for (const std::string& table : failed) {
    command.push_back("--failed");
    command.push_back(table);
  }
  Process process(command, folder / "compare.out");
  const auto status = process.wait(kLimit);
  return status == 0 ? "" : folder.read("compare.out") + "(no end)";
}

}  // namespace crossload::testing
