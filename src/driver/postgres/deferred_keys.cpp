#include "deferred_keys.h"

#include "queries.h"
#include "result_rows.h"
#include "sql_text.h"

namespace crossload::driver::postgres {

DeferredKeys::DeferredKeys(Session& session, const TableName& table) : session_(session) {
  const ResultHandle rows = session.ask(queries::kSilentKeyTriggers, {session.qualified(table)});
  for (const Row& row : rows_of(rows)) {
    const std::string one = "ALTER TABLE ONLY " + row.string(0) + " ENABLE ";
    const std::string trigger = "TRIGGER " + quote(row.text(1)) + ";";
    watch_ += one + "ALWAYS " + trigger;
    unwatch_ += one + trigger;
  }
}

void DeferredKeys::watch() {
  if (!watch_.empty()) session_.run(watch_);
}

void DeferredKeys::unwatch() {
  if (!unwatch_.empty()) session_.run(unwatch_);
}

}  // namespace crossload::driver::postgres
