#include "open.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include "crossload/base/strings.h"

#include "connect.h"
#include "queries.h"

namespace crossload::driver::mysql {
namespace {

using Variables = std::map<std::string, std::string>;

Variables variables_of(Session& session) {
  Variables variables;
  for (const TextRow& row : session.ask(queries::kVariables)) {
    variables[ascii_lower(row[0].value_or(""))] = row[1].value_or("");
  }
  return variables;
}

std::uint64_t number_of(const Variables& variables, const std::string& name) {
  const auto found = variables.find(name);
  std::uint64_t number = 0;
  if (found != variables.end()) {
    const std::string& text = found->second;
    std::from_chars(text.data(), text.data() + text.size(), number);
  }
  return number;
}

Capabilities capabilities_of(Session& session, const Variables& variables) {
  MYSQL* handle = session.handle();
  Capabilities capabilities;
  for (const TextRow& row : session.ask(queries::kCatalogFeatures)) {
    capabilities.column_srids = capabilities.column_srids || row[0] == "columns.srs_id";
    capabilities.generated_columns =
        capabilities.generated_columns || row[0] == "columns.generation_expression";
    capabilities.index_expressions =
        capabilities.index_expressions || row[0] == "statistics.expression";
    capabilities.checks = capabilities.checks || row[0] == "check_constraints.check_clause";
  }
  capabilities.version = mysql_get_server_info(handle);
  // Only MariaDB has it, whatever its version text says.
  capabilities.mariadb = variables.contains("max_statement_time");
#ifdef LIBMARIADB
  unsigned long extended = 0;
  constexpr auto kBulk = static_cast<unsigned long>(MARIADB_CLIENT_STMT_BULK_OPERATIONS >> 32U);
  if (mariadb_get_infov(handle, MARIADB_CONNECTION_EXTENDED_SERVER_CAPABILITIES, &extended) == 0) {
    capabilities.array_binding = (extended & kBulk) != 0;
  }
#endif
  // MariaDB before 11 reads and stores it as it shows it here.
  capabilities.keeps_negative_zero =
      session.ask_one(queries::kNegativeZero).value_or("").starts_with('-');
  constexpr unsigned long kFirstWithLastWrites = 50'700;
  capabilities.tells_last_writes =
      capabilities.mariadb || mysql_get_server_version(handle) >= kFirstWithLastWrites;
  constexpr unsigned long kFirstWithAlias = 80'019;
  capabilities.row_alias =
      !capabilities.mariadb && mysql_get_server_version(handle) >= kFirstWithAlias;
  capabilities.max_packet = number_of(variables, "max_allowed_packet");
  capabilities.folds_table_names = number_of(variables, "lower_case_table_names") != 0;
  return capabilities;
}

std::int64_t whole_seconds(std::chrono::milliseconds time) {
  constexpr std::int64_t kSecond = 1'000;
  return std::max<std::int64_t>(1, (time.count() + kSecond - 1) / kSecond);
}

// What the program relies on. No sql_mode that refuses or changes what MySQL's own tables may hold
// (zero dates), none that changes how a text is read (ANSI_QUOTES, NO_BACKSLASH_ESCAPES).
std::vector<std::string> required_settings(const Timeouts& timeouts) {
  const std::string wait = std::to_string(whole_seconds(timeouts.lock));
  return {
      "sql_mode='STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION,"
      "ERROR_FOR_DIVISION_BY_ZERO'",
      "time_zone='+00:00'",
      "autocommit=1",
      "foreign_key_checks=1",
      "unique_checks=1",
      "net_write_timeout=1800",
      "net_read_timeout=1800",
      "wait_timeout=2147483",
      "lock_wait_timeout=" + wait,
      "innodb_lock_wait_timeout=" + wait,
      "sql_notes=1",
      "sql_safe_updates=0",
      "sql_auto_is_null=0",
      "sql_big_selects=1",
      "sql_select_limit=18446744073709551615",
      "sql_quote_show_create=1",
      "completion_type=0",
      "group_concat_max_len=1048576"};
}

struct OptionalSetting {
  std::string name;
  std::string value;
};

// What only some servers have, and some let only few change.
std::vector<OptionalSetting> optional_settings(const Timeouts& timeouts) {
  const std::int64_t limit = timeouts.statement.count();
  const std::string digits = std::to_string(limit % 1'000 + 1'000).substr(1);
  return {{"information_schema_stats_expiry", "0"},
          {"explicit_defaults_for_timestamp", "1"},
          {"check_constraint_checks", "1"},
          {"max_execution_time", std::to_string(limit)},
          {"max_statement_time", std::to_string(limit / 1'000) + "." + digits}};
}

void apply_settings(Session& session, const Variables& variables, const Timeouts& timeouts) {
  session.run("SET NAMES utf8mb4");
  session.run("SET SESSION " + join(required_settings(timeouts), ", "));
  session.run("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
  for (const OptionalSetting& setting : optional_settings(timeouts)) {
    const auto found = variables.find(setting.name);
    if (found == variables.end()) continue;
    if (setting.value == "1" && ascii_iequals(found->second, "ON")) continue;
    try {
      session.run("SET SESSION " + setting.name + "=" + setting.value);
    } catch (const Error& error) {
      // Not everybody may: what depends on it then goes by the server's own setting.
      if (!error.statements_fault()) throw;
    }
  }
  // START TRANSACTION READ ONLY alone lets CREATE and DROP through: they end it first.
  if (session.access() == Access::kReadOnly) session.run(queries::kReadOnly);
}

}  // namespace

std::unique_ptr<Session> open_session(const Endpoint& endpoint, const std::string& database,
                                      Access access) {
  auto session = std::make_unique<Session>(log_in(endpoint, database), endpoint, database, access);
  try {
    const Variables variables = variables_of(*session);
    session->set_capabilities(capabilities_of(*session, variables));
    apply_settings(*session, variables, endpoint.timeouts);
  } catch (Error& error) {
    throw error.add_context("profile " + endpoint.profile + ", database " + utf8_lossy(database));
  }
  return session;
}

}  // namespace crossload::driver::mysql
