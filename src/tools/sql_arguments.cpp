#include "sql_arguments.h"

#include <algorithm>
#include <string>

#include "crossload/base/strings.h"
#include "crossload/dialect/dialect.h"
#include "crossload/driver/catalog.h"

#include "json_values.h"

namespace crossload::tools {
namespace {

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& other) { return ascii_iequals(other, name); });
}

}  // namespace

std::vector<Value> sql_parameters(const Json& arguments) {
  std::vector<Value> values;
  const auto found = arguments.find("params");
  if (found == arguments.end()) return values;
  for (const Json& json : *found) values.push_back(parameter_value(json, values.size() + 1));
  return values;
}

void refuse_ledger(const std::string& sql) {
  if (ascii_lower(sql).find(driver::kLedgerTable) == std::string::npos) return;
  throw Error(ErrorCode::kAccessDenied, "the table " + std::string(driver::kLedgerTable) +
                                            " belongs to crossload's running jobs")
      .suggest("to give a job up: " +
               call_hint("cancel-migration-job", {{"job_id", "..."}, {"discard", true}}));
}

void refuse_other_databases(const FoundDatabase& where, const std::string& sql) {
  const driver::Endpoint& endpoint = where.profile->endpoint;
  const Engine engine = endpoint.engine;
  if (engine != Engine::kMysql) return;
  if (const auto used = dialect::used_database(engine, sql); used && *used != where.database.name) {
    throw Error(ErrorCode::kAccessDenied, "USE of another database than " + where.display())
        .suggest("call again with database_name \"" + utf8_lossy(*used) + "\", without USE");
  }
  if (endpoint.databases.empty()) return;
  std::vector<std::string> others;
  for (const std::string& name : dialect::qualifiers(engine, sql)) {
    if (ascii_iequals(name, where.database.name) || contains(endpoint.databases, name)) continue;
    others.push_back(name);
  }
  if (others.empty()) return;
  // Most of them are tables and aliases: the server tells which are databases.
  std::vector<std::string> known = {"mysql", "performance_schema", "sys"};
  driver::Endpoint whole = endpoint;
  whole.databases.clear();
  for (const auto& info : where.driver->list_databases(whole)) known.push_back(info.name);
  for (const std::string& name : others) {
    if (!contains(known, name)) continue;
    throw Error(ErrorCode::kAccessDenied,
                "profile '" + endpoint.profile + "' may not use the database " + utf8_lossy(name))
        .suggest(call_hint("list-databases", {{"profile_name", endpoint.profile}}));
  }
}

void suggest_for_sql(Error& error, const FoundDatabase& where, const std::string& sql) {
  const std::string& state = error.sqlstate();
  const auto says = [&](const char* words) {
    return error.message().find(words) != std::string::npos;
  };
  if (state == "42P01" || state == "42S02" || says("no such table")) {
    error.suggest(call_hint("list-tables", where.arguments()));
  } else if (state == "42703" || state == "42S22" || says("no such column")) {
    Json arguments = where.arguments();
    arguments["table_name"] = "...";
    error.suggest(call_hint("describe-table", arguments));
  } else if (says("values were given")) {
    error.suggest("give as many params as the statement has markers: $1, $2 in PostgreSQL, else ?");
  } else if (state == "42601" && where.driver->engine() == Engine::kPostgres &&
             sql.find('?') != std::string::npos) {
    error.suggest("PostgreSQL's parameters are $1, $2, ... instead of ?");
  }
}

}  // namespace crossload::tools
