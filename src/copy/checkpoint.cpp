#include "checkpoint.h"

#include <nlohmann/json.hpp>

#include "crossload/base/files.h"

#include "plan_json.h"

namespace crossload::copy {
namespace {

using Json = nlohmann::ordered_json;

Json text_or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

std::string text_from(const Json& json, const char* key) {
  const auto found = json.find(key);
  if (found == json.end() || found->is_null()) return "";
  return found->get<std::string>();
}

}  // namespace

void write_checkpoint(const std::filesystem::path& folder, const SavedJob& job,
                      const Checkpoint& checkpoint, const Clock& clock) {
  const Json json = {{"job_id", checkpoint.job_id},
                     {"source_profile", job.source_profile},
                     {"source_database", text_or_null(job.source_database.value_or(""))},
                     {"target_profile", job.target_profile},
                     {"target_database", text_or_null(job.target_database.value_or(""))},
                     {"completed_tables", checkpoint.completed_tables},
                     {"current_table", text_or_null(checkpoint.current_table)},
                     {"current_table_status", text_or_null(checkpoint.current_table_status)},
                     {"tables_remaining", checkpoint.tables_remaining},
                     {"options", options_to_json(job.plan.options)},
                     {"plan_hash", job.plan.hash},
                     {"ledger_created", checkpoint.ledger_created},
                     {"source_fingerprint", checkpoint.source_fingerprint},
                     {"started_at", checkpoint.started_at},
                     {"updated_at", format_time(clock.now())}};
  write_file_atomically(folder / "checkpoint.json",
                        json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

Checkpoint checkpoint_from_json(std::string_view text) {
  try {
    const Json json = Json::parse(text);
    Checkpoint checkpoint;
    checkpoint.job_id = json.at("job_id").get<std::string>();
    checkpoint.completed_tables = json.at("completed_tables").get<std::vector<std::string>>();
    checkpoint.current_table = text_from(json, "current_table");
    checkpoint.current_table_status = text_from(json, "current_table_status");
    checkpoint.tables_remaining = json.at("tables_remaining").get<std::vector<std::string>>();
    checkpoint.ledger_created = json.at("ledger_created").get<bool>();
    checkpoint.source_fingerprint = text_from(json, "source_fingerprint");
    checkpoint.started_at = text_from(json, "started_at");
    return checkpoint;
  } catch (const Json::exception& error) {
    throw Error(ErrorCode::kCheckpointNotFound, std::string("checkpoint.json: ") + error.what());
  }
}

}  // namespace crossload::copy
