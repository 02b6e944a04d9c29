#include "settings.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "crossload/base/strings.h"

#include "own_query.h"
#include "transaction.h"

namespace crossload::driver::sqlite {
namespace {

// These shape the file and can only be chosen before its first page is written.
constexpr std::array<std::string_view, 3> kShapes = {"page_size", "encoding", "auto_vacuum"};
// These are numbers in its header. GeoPackage and the like know their files by them.
constexpr std::array<std::string_view, 2> kNumbers = {"application_id", "user_version"};

template <std::size_t kSize>
bool contains(const std::array<std::string_view, kSize>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string ask_text(Session& session, std::string_view pragma) {
  OwnQuery query(session, "PRAGMA " + std::string(pragma));
  return query.next() ? query.text(0) : std::string();
}

// A value becomes part of a statement: only what the settings can be may pass.
bool is_plain(std::string_view value) {
  return !value.empty() && std::all_of(value.begin(), value.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
  });
}

void set(Session& session, const DatabaseSetting& setting) {
  session.run("PRAGMA " + setting.name + "='" + setting.value + "'");
}

}  // namespace

std::vector<DatabaseSetting> settings_of(Session& session) {
  std::vector<DatabaseSetting> settings;
  for (const std::string_view name : kShapes) {
    settings.push_back({std::string(name), ask_text(session, name)});
  }
  for (const std::string_view name : kNumbers) {
    settings.push_back({std::string(name), ask_text(session, name)});
  }
  return settings;
}

void apply_settings(Session& session, const std::vector<DatabaseSetting>& settings) {
  for (const DatabaseSetting& setting : settings) {
    const bool known = contains(kShapes, setting.name) || contains(kNumbers, setting.name);
    if (!known || !is_plain(setting.value)) {
      throw Error(ErrorCode::kInvalidArgument,
                  "not a setting of an SQLite file: " + utf8_lossy(setting.name));
    }
    if (contains(kShapes, setting.name)) set(session, setting);
  }
  if (settings.empty()) return;
  // Even without a number to set, the transaction writes the first page, and the shape with it...
  SqliteTransaction transaction(session, TransactionMode::kWrite);
  // ...but for the encoding, which is only written with a table.
  session.run("CREATE TABLE crossload_shape (a)");
  session.run("DROP TABLE crossload_shape");
  for (const DatabaseSetting& setting : settings) {
    if (contains(kNumbers, setting.name) && setting.value != "0") set(session, setting);
  }
  transaction.commit();
}

}  // namespace crossload::driver::sqlite
