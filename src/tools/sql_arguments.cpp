#include "sql_arguments.h"

#include <string>

#include "crossload/base/strings.h"
#include "crossload/driver/catalog.h"

#include "json_values.h"

namespace crossload::tools {

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

}  // namespace crossload::tools
