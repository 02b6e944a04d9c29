#include "classify.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "crossload/base/strings.h"

namespace crossload::driver::mysql {
namespace {

constexpr std::string_view kLocked =
    "another session holds a lock: try again, or raise timeouts.lock of the profile";
constexpr std::string_view kFreeSpace = "free space on the server, then resume or try again";
constexpr std::string_view kNoRight = "grant the user the right that the message names";
constexpr std::string_view kCredentials = "check the profile's user and password";
constexpr std::string_view kReach =
    "check that the server runs and that the profile's host, port or socket is right";
constexpr std::string_view kTls = "check the profile's ssl- options and the server's certificate";

struct Reject {
  unsigned int number;
  std::string_view code;
};

// What a row is refused for. Numbers from 3000 are MySQL's, from 4000 partly MariaDB's.
constexpr auto kRejects = std::to_array<Reject>({
    {1048, "not_null"},     {1263, "not_null"},     {1364, "not_null"},     {1022, "unique"},
    {1062, "unique"},       {1169, "unique"},       {1586, "unique"},       {1859, "unique"},
    {3819, "check"},        {4025, "check"},        {1216, "foreign_key"},  {1217, "foreign_key"},
    {1451, "foreign_key"},  {1452, "foreign_key"},  {1366, "datatype"},     {1367, "datatype"},
    {3141, "json"},         {3140, "json"},         {3143, "json"},         {3144, "json"},
    {3150, "json"},         {3156, "json"},         {3157, "json"},         {3158, "json"},
    {4036, "json"},         {4037, "json"},         {4038, "json"},         {4039, "json"},
    {1264, "out_of_range"}, {1690, "out_of_range"}, {1467, "out_of_range"}, {1406, "too_long"},
    {1118, "too_long"},     {1071, "too_long"},     {1292, "datetime"},     {1411, "datetime"},
    {1441, "datetime"},     {1265, "truncated"},    {1300, "invalid_utf8"}, {1153, "packet"},
    {1162, "packet"},       {1301, "packet"},       {1906, "generated"},    {3105, "generated"},
    {1416, "spatial"},      {3037, "spatial"},      {3516, "spatial"},      {3548, "spatial"},
    {3616, "spatial"},      {3617, "spatial"},      {3618, "spatial"},      {3643, "spatial"},
    {3732, "spatial"},      {4079, "spatial"},      {1526, "no_partition"}, {1591, "no_partition"},
    {1644, "trigger"},      {1411, "datatype"},     {3751, "truncated"},    {3752, "out_of_range"},
    {3903, "functional"},   {3904, "out_of_range"}, {3905, "functional"},   {3906, "functional"},
    {3907, "too_long"},     {6136, "vector"},       {6137, "vector"},       {1365, "expression"},
    {3854, "datatype"},     {3988, "datatype"},
});

std::string_view code_of(unsigned int number) {
  const auto found = std::find_if(kRejects.begin(), kRejects.end(),
                                  [&](const Reject& r) { return r.number == number; });
  return found == kRejects.end() ? std::string_view() : found->code;
}

std::optional<Classified> classify_connection(unsigned int number) {
  switch (number) {
    case 1040:  // Too many connections.
    case 1203:
    case 1226:
      return Classified{.code = ErrorCode::kConnectionFailed, .retryable = true};
    case 1053:  // The server shuts down.
    case 1158:
    case 1159:
    case 1160:
    case 1161:
    case 1927:
    case 2006:
    case 2013:
    case 2055:
    case 4031:
      return Classified{.code = ErrorCode::kConnectionFailed,
                        .retryable = true,
                        .transaction_lost = true,
                        .connection_lost = true};
    case 2002:
    case 2003:
      return Classified{
          .code = ErrorCode::kConnectionFailed, .retryable = true, .suggestion = kReach};
    case 2004:
    case 2005:
      return Classified{.code = ErrorCode::kConnectionFailed, .suggestion = kReach};
    case 2026:
      return Classified{.code = ErrorCode::kConnectionFailed, .suggestion = kTls};
    case 2000:
    case 2001:
    case 2007:
    case 2012:
    case 2059:
    case 2061:
    case 1130:
    case 1251:
    case 3159:
      return Classified{.code = ErrorCode::kConnectionFailed};
    default:
      return std::nullopt;
  }
}

std::optional<Classified> classify_access(unsigned int number) {
  switch (number) {
    case 1045:
    case 1698:
    case 1862:
    case 3118:
    case 3955:
      return Classified{.code = ErrorCode::kAccessDenied, .suggestion = kCredentials};
    case 1044:
    case 1142:
    case 1143:
    case 1227:
    case 1370:
      return Classified{
          .code = ErrorCode::kAccessDenied, .suggestion = kNoRight, .statements_fault = true};
    case 1290:
    case 1792:
    case 1836:
    case 3948:
      return Classified{.code = ErrorCode::kAccessDenied, .statements_fault = true};
    default:
      return std::nullopt;
  }
}

std::optional<Classified> classify_server(unsigned int number) {
  switch (number) {
    case 1205:
    case 3572:
      return Classified{.retryable = true, .suggestion = kLocked};
    case 1213:
    case 1614:
      return Classified{.retryable = true, .suggestion = kLocked, .transaction_lost = true};
    case 1020:  // The record changed since the last read (MariaDB's snapshot isolation).
      return Classified{.retryable = true};
    case 1317:
    case 1969:
    case 3024:
      return Classified{.code = ErrorCode::kCancelled};
    case 3:  // The operating system could not write a temporary file.
    case 1021:
    case 1114:
      return Classified{.suggestion = kFreeSpace};
    case 1146:
      return Classified{.code = ErrorCode::kTableNotFound, .statements_fault = true};
    case 1049:
      return Classified{.code = ErrorCode::kDatabaseNotFound, .statements_fault = true};
    case 1037:
    case 1038:
    case 1041:
    case 2008:
      return Classified{.retryable = true};
    case 2014:
    case 2027:
    case 2030:
    case 2031:
    case 2036:
      return Classified{};
    default:
      return std::nullopt;
  }
}

// The part between `quote` characters that begins at `at`.
std::string quoted_at(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const std::size_t end = text.find(quote, at + 1);
  return std::string(text.substr(at + 1, end == std::string_view::npos ? end : end - at - 1));
}

}  // namespace

Classified classify(unsigned int number, std::string_view sqlstate) {
  if (const auto found = classify_connection(number)) return *found;
  if (const auto found = classify_access(number)) return *found;
  if (const auto found = classify_server(number)) return *found;
  const std::string_view reject = code_of(number);
  if (!reject.empty()) {
    const bool key = reject == "foreign_key";
    return {.code = key ? ErrorCode::kFkViolation : ErrorCode::kSqlError,
            .reject_code = reject,
            .statements_fault = true};
  }
  // SIGNAL of a trigger or routine.
  if (sqlstate == "45000") return {.reject_code = "trigger", .statements_fault = true};
  if (sqlstate.starts_with("22") || sqlstate.starts_with("23")) {
    return {.reject_code = sqlstate.starts_with("22") ? "datatype" : "constraint",
            .statements_fault = true};
  }
  // What stands below 2000 or above 2999 came from the server, about the statement it was given.
  return {.statements_fault = number != 0 && (number < 2000 || number > 2999)};
}

Error make_error(unsigned int number, std::string_view sqlstate, std::string message) {
  const Classified meaning = classify(number, sqlstate);
  Error error(meaning.code, std::move(message));
  error.vendor_code(static_cast<int>(number)).retryable(meaning.retryable);
  if (sqlstate.size() == 5 && sqlstate != "00000") error.sqlstate(std::string(sqlstate));
  error.statements_fault(meaning.statements_fault);
  if (!meaning.suggestion.empty()) error.suggest(std::string(meaning.suggestion));
  return error;
}

std::string reject_code(std::string_view general, std::string_view message) {
  constexpr std::array<std::string_view, 5> kDates = {"date", "time", "datetime", "timestamp",
                                                      "year"};
  constexpr std::string_view kIncorrect = "incorrect ";
  if (general != "datetime") return std::string(general);
  // Shape: "Incorrect datetime value: '2020-13-01' for column ...", "Truncated incorrect ...".
  const std::string text = ascii_lower(message.substr(0, message.find('\'')));
  const std::size_t at = text.find(kIncorrect);
  if (at == std::string::npos) return std::string(general);
  const std::string_view rest = std::string_view(text).substr(at + kIncorrect.size());
  const std::string_view type = rest.substr(0, rest.find(' '));
  const bool date = std::find(kDates.begin(), kDates.end(), type) != kDates.end();
  return date ? "datetime" : "datatype";
}

bool is_harmless_warning(unsigned int number) {
  // Deprecated syntax, statements unsafe for a statement-based binary log, unused hints.
  constexpr std::array<unsigned int, 10> kHarmless = {1287, 1592, 1618, 1681, 1831,
                                                      3135, 3090, 3719, 3778, 3100};
  return std::find(kHarmless.begin(), kHarmless.end(), number) != kHarmless.end();
}

std::optional<std::size_t> row_in_message(std::string_view message) {
  constexpr std::string_view kLead = " at row ";
  const std::size_t found = message.rfind(kLead);
  if (found == std::string_view::npos) return std::nullopt;
  const std::string_view digits = message.substr(found + kLead.size());
  std::size_t row = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), row);
  if (error != std::errc() || row == 0) return std::nullopt;
  return row;
}

std::string column_in_message(std::string_view message) {
  constexpr std::string_view kFor = "for column ";
  // The value comes first and may hold anything; the column stands behind the last "for column".
  if (const std::size_t found = message.rfind(kFor); found != std::string_view::npos) {
    std::size_t at = found + kFor.size();
    if (at >= message.size()) return {};
    if (message[at] == '\'') return quoted_at(message, at);
    std::string column;
    while (at < message.size() && message[at] == '`') {
      column = quoted_at(message, at);
      at += column.size() + 2;
      if (at < message.size() && message[at] == '.') ++at;
    }
    return column;
  }
  for (const std::string_view lead : {"Column '", "Field '", "for generated column '"}) {
    const std::size_t found = message.find(lead);
    if (found != std::string_view::npos) return quoted_at(message, found + lead.size() - 1);
  }
  return {};
}

std::string key_in_message(std::string_view message) {
  constexpr std::string_view kLead = "for key '";
  const std::size_t found = message.rfind(kLead);
  if (found == std::string_view::npos) return {};
  std::string key = quoted_at(message, found + kLead.size() - 1);
  const std::size_t dot = key.find('.');
  return dot == std::string::npos ? key : key.substr(dot + 1);
}

}  // namespace crossload::driver::mysql
