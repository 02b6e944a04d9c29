#include "authorizer.h"

#include <algorithm>
#include <array>

#include <sqlite3.h>

#include "crossload/base/strings.h"

namespace crossload::driver::sqlite {
namespace {

// Their argument names what to look at.
constexpr std::array<std::string_view, 13> kPragmasThatLook = {
    "table_info",   "table_xinfo",      "table_list",        "index_list",      "index_info",
    "index_xinfo",  "foreign_key_list", "foreign_key_check", "integrity_check", "quick_check",
    "data_version", "database_list",    "collation_list"};

// Without an argument they tell a setting; with one they change it.
constexpr std::array<std::string_view, 33> kPragmasThatTell = {
    "application_id",    "auto_vacuum",        "automatic_index",    "busy_timeout",
    "cache_size",        "cache_spill",        "cell_size_check",    "checkpoint_fullfsync",
    "compile_options",   "defer_foreign_keys", "encoding",           "foreign_keys",
    "freelist_count",    "fullfsync",          "function_list",      "ignore_check_constraints",
    "journal_mode",      "journal_size_limit", "legacy_alter_table", "max_page_count",
    "mmap_size",         "module_list",        "page_count",         "page_size",
    "pragma_list",       "query_only",         "recursive_triggers", "schema_version",
    "secure_delete",     "synchronous",        "temp_store",         "user_version",
    "wal_autocheckpoint"};

// They load code, hand out pointers, or touch files.
constexpr std::array<std::string_view, 6> kForbiddenFunctions = {
    "load_extension", "fts3_tokenizer", "readfile", "writefile", "edit", "fsdir"};

// With an argument they reach outside the database or take its guards away.
constexpr std::array<std::string_view, 4> kForbiddenPragmas = {
    "writable_schema", "temp_store_directory", "data_store_directory", "trusted_schema"};

template <std::size_t kSize>
bool contains(const std::array<std::string_view, kSize>& names, std::string_view name) {
  return std::any_of(names.begin(), names.end(),
                     [&](std::string_view entry) { return ascii_iequals(entry, name); });
}

bool reading_pragma(const AuthorizerQuestion& question) {
  return contains(kPragmasThatLook, question.first) ||
         (!question.has_second && contains(kPragmasThatTell, question.first));
}

std::string quoted(std::string_view what, std::string_view name) {
  return std::string(what) + " " + utf8_lossy(name);
}

std::string refusal_read_only(const AuthorizerQuestion& question) {
  switch (question.action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE:
    case SQLITE_FUNCTION:
      return {};
    case SQLITE_UPDATE:
      // Asked when a virtual table is opened, too. A caller's own UPDATE of it stops at the schema
      // table's guard, at query_only and at the file that is open for reading.
      return question.first == "sqlite_master" ? std::string() : quoted("UPDATE", question.first);
    case SQLITE_PRAGMA:
      return reading_pragma(question) ? std::string() : quoted("PRAGMA", question.first);
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT:
      return quoted("transaction control:", question.first);
    default:
      return "a statement that changes something";
  }
}

}  // namespace

std::string refusal(Access access, const AuthorizerQuestion& question) {
  // VACUUM attaches a nameless temporary file of its own; only other files are refused.
  if (question.action == SQLITE_ATTACH &&
      (access == Access::kReadOnly || !question.first.empty() || question.has_second)) {
    return "ATTACH: a profile reaches one database at a time";
  }
  if (question.action == SQLITE_FUNCTION && contains(kForbiddenFunctions, question.second)) {
    return quoted("the function", question.second);
  }
  if (access == Access::kReadOnly) return refusal_read_only(question);
  if (question.action == SQLITE_PRAGMA && question.has_second &&
      contains(kForbiddenPragmas, question.first)) {
    return quoted("PRAGMA", question.first);
  }
  return {};
}

}  // namespace crossload::driver::sqlite
