#include "function_table.h"

#include <array>

#include "crossload/base/strings.h"

namespace crossload::dialect {
namespace {

constexpr std::string_view kAsciiOnly = "lower() and upper() of SQLite change ASCII letters only";

// Source: sqlite.org/lang_corefunc; postgresql.org/docs/15 chapter 9; dev.mysql.com chapter 14.
constexpr auto kFunctions = std::to_array<KnownFunction>({
    {"lower($1)", "lower($1)", "LOWER($1) | lcase($1)", "t", 't', kAsciiOnly},
    {"upper($1)", "upper($1)", "UPPER($1) | ucase($1)", "t", 't', kAsciiOnly},
    {"length($1)", "char_length($1) | length($1) | character_length($1)",
     "CHAR_LENGTH($1) | character_length($1)", "t", 'i'},
    {"=length(CAST($1 AS BLOB)) | octet_length($1)", "octet_length($1)",
     "LENGTH($1) | octet_length($1)", "t", 'i'},
    {"trim($1)", "trim($1) | btrim($1)", "TRIM($1)", "t", 't'},
    {"ltrim($1)", "ltrim($1)", "LTRIM($1)", "t", 't'},
    {"rtrim($1)", "rtrim($1)", "RTRIM($1)", "t", 't'},
    {"replace($1, $2, $3)", "replace($1, $2, $3)", "REPLACE($1, $2, $3)", "ttt", 't'},
    {"instr($1, $2)", "strpos($1, $2) | position($2, $1)",
     "LOCATE($2, $1) | instr($1, $2) | position($2, $1)", "tt", 'i'},
    {"=CASE WHEN $2 IS NOT NULL THEN replace(hex(zeroblob($2)), '00', $1) END", "repeat($1, $2)",
     "REPEAT($1, $2)", "ti", 't'},
    {"", "reverse($1)", "REVERSE($1)", "t", 't'},
    {"", "md5($1)", "MD5($1)", "t", 't'},
    {"hex($1)", "=upper(encode($1, 'hex'))", "HEX($1)", "b", 't'},
    {"abs($1)", "abs($1)", "ABS($1)", "n", 'n'},
    {"sign($1)", "=CAST(sign($1) AS integer) | sign($1)", "SIGN($1)", "n", 'i'},
    {"=CAST(CAST($1 AS INTEGER) - ($1 < CAST($1 AS INTEGER)) AS REAL) | floor($1)", "floor($1)",
     "FLOOR($1)", "n", 'n'},
    {"=CAST(CAST($1 AS INTEGER) + ($1 > CAST($1 AS INTEGER)) AS REAL) | ceil($1) | ceiling($1)",
     "ceil($1) | ceiling($1)", "CEILING($1) | ceil($1)", "n", 'n'},
    {"", "power($1, $2) | pow($1, $2)", "POWER($1, $2) | pow($1, $2)", "nn", 'f'},
    {"", "sqrt($1)", "SQRT($1)", "n", 'f'},
    {"", "exp($1)", "EXP($1)", "n", 'f'},
    {"", "ln($1)", "LN($1)", "n", 'f'},
});

std::string_view spellings(const KnownFunction& function, Engine engine) {
  switch (engine) {
    case Engine::kSqlite:
      return function.sqlite;
    case Engine::kPostgres:
      return function.postgres;
    case Engine::kMysql:
      return function.mysql;
  }
  return {};
}

/// The next of "a | b | c"; cuts it off.
std::string_view take_spelling(std::string_view& list) {
  constexpr std::string_view kBar = " | ";
  const std::size_t end = list.find(kBar);
  const std::string_view one = list.substr(0, end);
  list.remove_prefix(end == std::string_view::npos ? list.size() : end + kBar.size());
  return one;
}

/// Which $n stand in its brackets, in order.
std::vector<std::size_t> order_of(std::string_view spelling) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i + 1 < spelling.size(); ++i) {
    if (spelling[i] == '$') order.push_back(static_cast<std::size_t>(spelling[i + 1] - '1'));
  }
  return order;
}

}  // namespace

std::optional<FoundFunction> find_function(Engine source, std::string_view name,
                                           std::size_t arguments) {
  for (const KnownFunction& function : kFunctions) {
    std::string_view list = spellings(function, source);
    while (!list.empty()) {
      const std::string_view one = take_spelling(list);
      if (one.starts_with('=')) continue;
      if (!ascii_iequals(one.substr(0, one.find('(')), name)) continue;
      const std::vector<std::size_t> order = order_of(one);
      if (order.size() != arguments) continue;
      FoundFunction found;
      found.function = &function;
      found.order.resize(arguments);
      for (std::size_t i = 0; i < arguments; ++i) found.order[order[i]] = i;
      return found;
    }
  }
  return std::nullopt;
}

std::string_view spelling_in(const KnownFunction& function, Engine target) {
  std::string_view list = spellings(function, target);
  std::string_view one = take_spelling(list);
  if (one.starts_with('=')) one.remove_prefix(1);
  return one;
}

}  // namespace crossload::dialect
