#include "ledger.h"

#include <array>
#include <utility>

#include <nlohmann/json.hpp>

#include "crossload/dialect/dialect.h"

#include "value_json.h"

namespace crossload::copy {
namespace {

using Json = nlohmann::json;

constexpr std::array<std::pair<LedgerState, std::string_view>, 3> kStates = {{
    {LedgerState::kPending, "pending"},
    {LedgerState::kInProgress, "in_progress"},
    {LedgerState::kDone, "done"},
}};

std::string state_name(LedgerState state) {
  for (const auto& [value, name] : kStates) {
    if (value == state) return std::string(name);
  }
  return "?";
}

LedgerState parse_state(const std::string& text) {
  for (const auto& [value, name] : kStates) {
    if (name == text) return value;
  }
  throw Error(ErrorCode::kCheckpointNotFound, "unknown state in crossload_ledger: " + text);
}

// Types that all three engines know; '#' stands for the next parameter, @ for the quoted table.
constexpr std::string_view kCreate =
    "CREATE TABLE IF NOT EXISTS @ (job_id VARCHAR(64) NOT NULL, chunk BIGINT NOT NULL, "
    "table_name TEXT NOT NULL, state VARCHAR(16) NOT NULL, position TEXT NOT NULL, "
    "rows_read BIGINT NOT NULL, rows_migrated BIGINT NOT NULL, rows_failed BIGINT NOT NULL, "
    "rows_skipped BIGINT NOT NULL, batch BIGINT NOT NULL, target_was_empty BIGINT NOT NULL, "
    "epoch BIGINT NOT NULL, updated_at VARCHAR(32) NOT NULL, rule_uses TEXT NOT NULL, "
    "PRIMARY KEY (job_id, chunk))";
constexpr std::string_view kInsert =
    "INSERT INTO @ (job_id, chunk, table_name, state, position, rows_read, rows_migrated, "
    "rows_failed, rows_skipped, batch, target_was_empty, epoch, updated_at, rule_uses) "
    "VALUES (#, #, #, #, #, #, #, #, #, #, #, #, #, #)";
constexpr std::string_view kSelect =
    "SELECT chunk, table_name, state, position, rows_read, rows_migrated, rows_failed, "
    "rows_skipped, batch, target_was_empty, rule_uses, epoch FROM @ WHERE job_id = # ORDER BY "
    "chunk";
constexpr std::string_view kRaise = "UPDATE @ SET epoch = epoch + 1 WHERE job_id = #";
constexpr std::string_view kClaim =
    "UPDATE @ SET updated_at = # WHERE job_id = # AND chunk = # AND epoch = #";
constexpr std::string_view kStore =
    "UPDATE @ SET state = #, position = #, rows_read = #, rows_migrated = #, rows_failed = #, "
    "rows_skipped = #, batch = #, target_was_empty = #, rule_uses = #, updated_at = # "
    "WHERE job_id = # AND chunk = # AND epoch = #";
constexpr std::string_view kDelete = "DELETE FROM @ WHERE job_id = #";
constexpr std::string_view kAny = "SELECT 1 FROM @ LIMIT 1";
constexpr std::string_view kDrop = "DROP TABLE @";
constexpr std::string_view kProbe = "SELECT job_id FROM @ WHERE 1 = 0";

std::int64_t integer(const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
  throw Error(ErrorCode::kCheckpointNotFound, "crossload_ledger holds a value of another type");
}

const std::string& text(const Value& value) {
  if (const auto* string = std::get_if<std::string>(&value)) return *string;
  throw Error(ErrorCode::kCheckpointNotFound, "crossload_ledger holds a value of another type");
}

std::string encode_rule_uses(const RuleUses& uses) {
  return Json(uses).dump(-1, ' ', false, Json::error_handler_t::replace);
}

RuleUses decode_rule_uses(const std::string& text) {
  const Json json = Json::parse(text, nullptr, false);
  if (json.is_object()) return json.get<RuleUses>();
  throw Error(ErrorCode::kCheckpointNotFound, "crossload_ledger holds a value of another type");
}

std::int64_t signed_count(std::uint64_t count) {
  return static_cast<std::int64_t>(count);
}

LedgerEntry parse_row(const std::vector<Value>& row) {
  LedgerEntry entry;
  entry.chunk = integer(row[0]);
  entry.table = text(row[1]);
  entry.state = parse_state(text(row[2]));
  entry.position = decode_position(text(row[3]));
  entry.counts = {
      static_cast<std::uint64_t>(integer(row[4])), static_cast<std::uint64_t>(integer(row[5])),
      static_cast<std::uint64_t>(integer(row[6])), static_cast<std::uint64_t>(integer(row[7]))};
  entry.batch = integer(row[8]);
  entry.target_was_empty = integer(row[9]) != 0;
  entry.rule_uses = decode_rule_uses(text(row[10]));
  return entry;
}

}  // namespace

Ledger::Ledger(driver::Connection& target, std::string job_id, const Clock& clock)
    : target_(target), job_id_(std::move(job_id)), clock_(clock) {}

std::string Ledger::sql(std::string_view pattern) const {
  const dialect::Dialect& dialect = dialect::dialect_for(target_.server().engine);
  std::string result;
  std::size_t parameter = 0;
  for (const char c : pattern) {
    if (c == '@') {
      result += dialect.quote(driver::kLedgerTable);
    } else if (c == '#') {
      result += dialect.placeholder(++parameter);
    } else {
      result += c;
    }
  }
  return result;
}

void Ledger::create_table() {
  // The database's own default may be a character set that holds less, or an engine without
  // transactions.
  const bool mysql = target_.server().engine == Engine::kMysql;
  driver::execute(target_, sql(kCreate) + (mysql ? " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4" : ""));
}

bool Ledger::table_exists() {
  try {
    driver::fetch_all(target_, sql(kProbe));
    return true;
  } catch (const Error& error) {
    if (error.code() == ErrorCode::kSqlError || error.code() == ErrorCode::kTableNotFound) {
      return false;
    }
    throw;
  }
}

std::vector<LedgerEntry> Ledger::load() {
  std::vector<LedgerEntry> entries;
  if (!table_exists()) return entries;
  for (const std::vector<Value>& row : driver::fetch_all(target_, sql(kSelect), {job_id_})) {
    entries.push_back(parse_row(row));
    epoch_ = integer(row[11]);
  }
  return entries;
}

void Ledger::insert(const std::vector<LedgerEntry>& entries) {
  const std::string now = format_time(clock_.now());
  for (const LedgerEntry& entry : entries) {
    driver::execute(
        target_, sql(kInsert),
        {job_id_, entry.chunk, entry.table, state_name(entry.state),
         encode_position(entry.position), signed_count(entry.counts.rows_read),
         signed_count(entry.counts.rows_migrated), signed_count(entry.counts.rows_failed),
         signed_count(entry.counts.rows_skipped), entry.batch,
         std::int64_t{entry.target_was_empty ? 1 : 0}, epoch_, now,
         encode_rule_uses(entry.rule_uses)});
  }
}

void Ledger::raise_epoch() {
  driver::execute(target_, sql(kRaise), {job_id_});
  ++epoch_;
}

void Ledger::update_one(const std::string& statement, std::vector<Value> parameters) {
  if (driver::execute(target_, statement, parameters) == 1) return;
  throw Error(ErrorCode::kMigrationFailed,
              "job " + job_id_ + " was taken over by another process, or its ledger row is gone");
}

void Ledger::claim(const LedgerEntry& entry) {
  update_one(sql(kClaim), {format_time(clock_.now()), job_id_, entry.chunk, epoch_});
}

void Ledger::store(const LedgerEntry& entry) {
  update_one(
      sql(kStore),
      {state_name(entry.state), encode_position(entry.position),
       signed_count(entry.counts.rows_read), signed_count(entry.counts.rows_migrated),
       signed_count(entry.counts.rows_failed), signed_count(entry.counts.rows_skipped), entry.batch,
       std::int64_t{entry.target_was_empty ? 1 : 0}, encode_rule_uses(entry.rule_uses),
       format_time(clock_.now()), job_id_, entry.chunk, epoch_});
}

void Ledger::clear() {
  if (!table_exists()) return;
  const auto transaction = target_.begin(driver::TransactionMode::kWrite);
  driver::execute(target_, sql(kDelete), {job_id_});
  if (driver::fetch_all(target_, sql(kAny)).empty()) driver::execute(target_, sql(kDrop));
  transaction->commit();
}

}  // namespace crossload::copy
