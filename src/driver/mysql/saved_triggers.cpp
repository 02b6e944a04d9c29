#include "saved_triggers.h"

#include <string>

#include "crossload/base/error.h"

#include "queries.h"
#include "sql_text.h"

namespace crossload::driver::mysql {
namespace {

/// Another account's trigger can be made by one with the right to name definers only.
void require_definer(Session& session, const std::string& name, const std::string& definer) {
  if (session.ask_one("SELECT CURRENT_USER()") == definer) return;
  if (session.ask_one(queries::kMayNameDefiners)) return;
  throw Error(ErrorCode::kAccessDenied, "trigger " + name + " belongs to " + definer +
                                            ", and this account could not make it again")
      .suggest(
          "use an account that may set definers (SET_ANY_DEFINER, SET USER or SUPER), or "
          "triggers:\"fire\"");
}

}  // namespace

std::vector<SavedTrigger> save_triggers(Session& session, const TableName& table) {
  std::vector<SavedTrigger> saved;
  const std::string wanted = std::string(queries::kTriggersToSave) + session.literal(table.name) +
                             " ORDER BY event_manipulation, action_timing, action_order";
  for (const TextRow& row : session.ask(wanted)) {
    SavedTrigger trigger;
    trigger.table = table;
    trigger.name = row.at(0).value_or("");
    require_definer(session, trigger.name, row.at(1).value_or(""));
    trigger.settings_sql = "SET SESSION sql_mode=" + session.literal(row.at(2).value_or("")) +
                           ", collation_connection=" + session.literal(row.at(3).value_or(""));
    // The third column is the statement as it was given.
    trigger.create_sql =
        session.ask("SHOW CREATE TRIGGER " + quote(trigger.name)).at(0).at(2).value_or("");
    if (trigger.create_sql.empty()) {
      throw Error(ErrorCode::kAccessDenied, "the text of trigger " + trigger.name +
                                                " cannot be read, so it could not be made again");
    }
    saved.push_back(std::move(trigger));
  }
  return saved;
}

void restore_trigger(Session& session, const SavedTrigger& trigger) {
  const auto there =
      session.ask_one(std::string(queries::kTriggerThere) + session.literal(trigger.name));
  if (there) return;
  const TextRow own =
      session.ask("SELECT @@SESSION.sql_mode, @@SESSION.collation_connection").at(0);
  const std::string back = "SET SESSION sql_mode=" + session.literal(own.at(0).value_or("")) +
                           ", collation_connection=" + session.literal(own.at(1).value_or(""));
  session.run(trigger.settings_sql);
  try {
    session.run(trigger.create_sql);
  } catch (Error& error) {
    session.run_quietly(back);
    error.add_context("trigger " + trigger.name + " could not be made again");
    throw;
  }
  session.run(back);
}

}  // namespace crossload::driver::mysql
