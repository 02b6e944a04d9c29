#include "classify.h"

#include <algorithm>
#include <array>
#include <utility>

namespace crossload::driver::postgres {
namespace {

constexpr std::string_view kLocked =
    "another session holds a lock: try again, or raise timeouts.lock of the profile";
constexpr std::string_view kFreeSpace = "free space on the server's disk, then resume or try again";
constexpr std::string_view kGrant = "grant the user of the profile what it lacks";
constexpr std::string_view kListDatabases = "call list-databases to see what is there";

struct Meaning {
  std::string_view state;
  Classified classified;
};

constexpr Classified reject(std::string_view code) {
  return {.reject_code = code, .statements_fault = true};
}
constexpr Classified refusal(std::string_view suggestion) {
  return {.code = ErrorCode::kAccessDenied, .suggestion = suggestion, .statements_fault = true};
}
constexpr Classified passing(std::string_view suggestion) {
  return {.retryable = true, .suggestion = suggestion};
}
constexpr Classified lost() {
  return {.code = ErrorCode::kConnectionFailed, .retryable = true};
}

// Single states; where none matches, the class of the state (its first two characters) decides.
constexpr auto kStates = std::to_array<Meaning>({
    {"21000", reject("unique")},  // ON CONFLICT would touch one row twice
    {"22001", reject("too_long")},
    {"22003", reject("out_of_range")},
    {"22007", reject("datetime")},
    {"22008", reject("datetime")},
    {"22009", reject("datetime")},
    {"22015", reject("datetime")},
    {"22021", reject("invalid_utf8")},
    {"22026", reject("too_long")},
    {"22030", reject("json")},
    {"22032", reject("json")},
    {"22P02", reject("datatype")},
    {"22P03", reject("datatype")},
    {"22P04", reject("datatype")},
    {"22P05", reject("json")},
    {"2200M", reject("xml")},
    {"2200N", reject("xml")},
    {"2200S", reject("xml")},
    {"23502", reject("not_null")},
    {"23503",
     {.code = ErrorCode::kFkViolation, .reject_code = "foreign_key", .statements_fault = true}},
    {"23505", reject("unique")},
    {"23514", reject("check")},
    {"23P01", reject("exclusion")},
    {"25006", refusal("use execute-sql on a profile with \"access\": \"write\"")},
    {"28000", {.code = ErrorCode::kConnectionFailed, .suggestion = kGrant}},
    {"28P01",
     {.code = ErrorCode::kConnectionFailed,
      .suggestion = "check the user and password of the profile"}},
    {"3D000", {.code = ErrorCode::kConnectionFailed, .suggestion = kListDatabases}},
    {"40001", passing({})},
    {"40P01", passing({})},
    {"42501", refusal(kGrant)},
    {"53100", {.suggestion = kFreeSpace}},
    {"53200", passing("the server is short of memory")},
    {"53300",
     {.code = ErrorCode::kConnectionFailed,
      .retryable = true,
      .suggestion = "the server has no connection left: try again later"}},
    {"54000", reject("too_big")},
    {"55P03", passing(kLocked)},
    {"55006", passing("the object is in use by another session: try again")},
    {"57014", {.code = ErrorCode::kCancelled}},
    {"57P01", lost()},
    {"57P02", lost()},
    {"57P03", lost()},
    {"57P04", lost()},
    {"57P05", lost()},
    {"55000", {.statements_fault = true}},
    {"58P01", {.statements_fault = true}},  // the files of an extension or language
    {"P0001", reject("trigger")},
    {"25P02",
     {.suggestion = "a statement before it failed: ROLLBACK, then begin again",
      .statements_fault = true}},
    {"XX001", {.suggestion = "the server says that its data is damaged: restore a backup"}},
    {"XX002", {.suggestion = "an index is damaged: REINDEX it"}},
});

constexpr auto kClasses = std::to_array<Meaning>({
    {"08", lost()},
    {"0A", {.statements_fault = true}},
    {"21", {.statements_fault = true}},
    {"22", reject("datatype")},
    {"23", reject("constraint")},
    {"27", {.statements_fault = true}},
    {"2B", {.statements_fault = true}},
    {"2F", {.statements_fault = true}},
    {"38", {.statements_fault = true}},
    {"39", {.statements_fault = true}},
    {"3F", {.statements_fault = true}},
    {"42", {.statements_fault = true}},
    {"54", {.statements_fault = true}},
    {"44", reject("check")},  // WITH CHECK OPTION of a view
    {"P0", reject("trigger")},
});

template <typename Table>
const Classified* look_up(const Table& table, std::string_view key) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const Meaning& meaning) { return meaning.state == key; });
  return found == table.end() ? nullptr : &found->classified;
}

}  // namespace

Classified classify(std::string_view sqlstate) {
  if (const Classified* found = look_up(kStates, sqlstate)) return *found;
  if (const Classified* found = look_up(kClasses, sqlstate.substr(0, 2))) return *found;
  return {};
}

Error make_error(std::string_view sqlstate, std::string message) {
  const Classified meaning = classify(sqlstate);
  Error error(meaning.code, std::move(message));
  error.sqlstate(std::string(sqlstate)).retryable(meaning.retryable);
  error.statements_fault(meaning.row_fault() || meaning.statements_fault);
  if (!meaning.suggestion.empty()) error.suggest(std::string(meaning.suggestion));
  return error;
}

}  // namespace crossload::driver::postgres
