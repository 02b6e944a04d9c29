#include "trigger_guard.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "crossload/base/files.h"

namespace crossload::copy {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

fs::path file_in(const fs::path& folder) {
  return folder / "dropped_triggers.json";
}

Json to_json(const driver::SavedTrigger& trigger) {
  return {{"schema", trigger.table.schema},
          {"table", trigger.table.name},
          {"name", trigger.name},
          {"settings_sql", trigger.settings_sql},
          {"create_sql", trigger.create_sql}};
}

driver::SavedTrigger from_json(const Json& json) {
  return {{json.at("schema").get<std::string>(), json.at("table").get<std::string>()},
          json.at("name").get<std::string>(),
          json.at("settings_sql").get<std::string>(),
          json.at("create_sql").get<std::string>()};
}

/// What an earlier run of the job saved; empty where there is nothing to restore.
std::vector<driver::SavedTrigger> load(const fs::path& folder) {
  std::vector<driver::SavedTrigger> saved;
  if (!fs::exists(file_in(folder))) return saved;
  try {
    for (const Json& trigger : Json::parse(read_file(file_in(folder)))) {
      saved.push_back(from_json(trigger));
    }
  } catch (const Json::exception& error) {
    throw Error(ErrorCode::kCheckpointNotFound,
                std::string("dropped_triggers.json: ") + error.what());
  }
  return saved;
}

void restore_all(driver::LoadSession& session, const std::vector<driver::SavedTrigger>& saved,
                 const fs::path& folder) {
  for (const driver::SavedTrigger& trigger : saved) session.restore_trigger(trigger);
  std::error_code ignored;
  fs::remove(file_in(folder), ignored);
}

}  // namespace

TriggerGuard::TriggerGuard(driver::LoadSession& session, fs::path folder,
                           std::shared_ptr<Logger> log)
    : load_(session), folder_(std::move(folder)), log_(std::move(log)) {}

TriggerGuard::~TriggerGuard() {
  // A cancel() that is still pending stops the first call.
  for (const bool last : {false, true}) {
    try {
      restore();
      return;
    } catch (const std::exception& error) {
      if (!last) continue;
      log_->error("triggers of the target are still dropped; resume or discard the job",
                  {{"error", std::string(error.what())}});
    }
  }
}

void TriggerGuard::drop(const Plan& plan) {
  saved_ = load(folder_);
  for (const TablePlan& table : plan.tables) {
    if (table.create) continue;
    for (driver::SavedTrigger& trigger : load_.save_triggers(table.target)) {
      const bool known = std::any_of(saved_.begin(), saved_.end(), [&](const auto& other) {
        return other.name == trigger.name && other.table == trigger.table;
      });
      if (!known) saved_.push_back(std::move(trigger));
    }
  }
  if (saved_.empty()) return;
  Json json = Json::array();
  for (const driver::SavedTrigger& trigger : saved_) json.push_back(to_json(trigger));
  write_file_atomically(file_in(folder_),
                        json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
  for (const driver::SavedTrigger& trigger : saved_) load_.drop_trigger(trigger);
}

void TriggerGuard::restore() {
  if (!saved_.empty()) restore_all(load_, saved_, folder_);
  saved_.clear();
}

void restore_left_triggers(driver::Connection& target, const fs::path& folder) {
  const std::vector<driver::SavedTrigger> saved = load(folder);
  if (saved.empty()) return;
  const auto session = target.prepare_load({});
  restore_all(*session, saved, folder);
}

}  // namespace crossload::copy
