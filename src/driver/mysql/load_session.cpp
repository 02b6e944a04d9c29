#include "load_session.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "crossload/base/error.h"

#include "foreign_key_check.h"
#include "last_identity.h"
#include "saved_triggers.h"
#include "sql_text.h"

namespace crossload::driver::mysql {

MysqlLoadSession::MysqlLoadSession(Session& session, const LoadOptions& /*options*/)
    : session_(session) {
  if (session_.in_transaction()) {
    throw Error(ErrorCode::kInvalidArgument, "a load cannot be prepared inside a transaction");
  }
  active_ = true;
  session_.run("SET SESSION foreign_key_checks=0");
}

MysqlLoadSession::~MysqlLoadSession() {
  restore();
}

void MysqlLoadSession::restore() noexcept {
  if (!active_) return;
  active_ = false;
  session_.run_quietly("SET SESSION foreign_key_checks=1");
}

void MysqlLoadSession::empty_table(const TableName& table) {
  session_.start_operation();
  // TRUNCATE would commit.
  session_.run("DELETE FROM " + quote(table));
}

void MysqlLoadSession::advance_identity(const Table& table, std::optional<std::int64_t> at_least) {
  session_.start_operation();
  const auto identity = std::find_if(
      table.columns.begin(), table.columns.end(),
      [](const Column& column) { return column.identity == IdentityKind::kAutoincrement; });
  if (identity == table.columns.end()) return;
  if (session_.in_transaction()) {
    throw Error(ErrorCode::kInvalidArgument,
                "AUTO_INCREMENT cannot be set inside a transaction: it would be committed");
  }
  // What was written explicitly moves the counter by itself, except where it was given back by an
  // older server's restart.
  const auto largest =
      session_.ask_one("SELECT MAX(" + quote(identity->name) + ") FROM " + quote(table.name));
  std::uint64_t wanted = at_least && *at_least > 0 ? static_cast<std::uint64_t>(*at_least) : 0;
  if (largest) {
    std::uint64_t value = 0;
    // A negative one leaves the value at zero.
    std::from_chars(largest->data(), largest->data() + largest->size(), value);
    wanted = std::max(wanted, value);
  }
  const auto last = last_identity(session_, table.name.name);
  if (wanted == 0 || wanted == ~std::uint64_t{0}) return;
  if (last && static_cast<std::uint64_t>(*last) >= wanted) return;
  session_.run("ALTER TABLE " + quote(table.name) +
               " AUTO_INCREMENT = " + std::to_string(wanted + 1));
}

FkReport MysqlLoadSession::check_foreign_keys(const std::vector<TableName>& tables,
                                              const std::function<void(const FkOrphan&)>& found) {
  session_.start_operation();
  return mysql::check_foreign_keys(session_, tables, found);
}

std::vector<SavedTrigger> MysqlLoadSession::save_triggers(const TableName& table) {
  session_.start_operation();
  return mysql::save_triggers(session_, table);
}

void MysqlLoadSession::drop_trigger(const SavedTrigger& trigger) {
  session_.start_operation();
  session_.run("DROP TRIGGER IF EXISTS " + quote(trigger.name));
}

void MysqlLoadSession::restore_trigger(const SavedTrigger& trigger) {
  session_.start_operation();
  mysql::restore_trigger(session_, trigger);
}

void MysqlLoadSession::finish() {
  session_.start_operation();
  restore();
}

}  // namespace crossload::driver::mysql
