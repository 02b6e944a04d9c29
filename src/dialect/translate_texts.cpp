// Texts put together, cut and filled.

#include <string>
#include <utility>

#include "crossload/base/strings.h"

#include "call_translator.h"

namespace crossload::dialect {
namespace {

/// SQLite's fill stands in the statement.
constexpr long kMostFill = 1'000;

}  // namespace

/// MySQL's gives NULL for a NULL, PostgreSQL's leaves it out.
Written CallTranslator::concat() {
  if (call_.args.empty() || from() == Engine::kSqlite) refuse();
  std::vector<Written> parts;
  for (std::size_t i = 0; i < call_.args.size(); ++i) parts.push_back(text_argument(i));
  if (from() == Engine::kMysql || to() == Engine::kPostgres) {
    return translator_.concat_of(parts);
  }
  for (Written& part : parts) {
    if (!part.nullable) continue;
    part.sql = "COALESCE(" + part.sql + ", '')";
    part.rank = Rank::kPrimary;
    part.nullable = false;
  }
  return translator_.concat_of(parts);
}

Written CallTranslator::concat_ws() {
  if (call_.args.size() < 2 || from() == Engine::kSqlite) refuse();
  if (to() == Engine::kSqlite) return sqlite_concat_ws();
  if (to() == Engine::kPostgres) translator_.changes("concat_ws()");
  std::string list;
  for (std::size_t i = 0; i < call_.args.size(); ++i) {
    list += (list.empty() ? "" : ", ") + text_argument(i).sql;
  }
  return made("CONCAT_WS(" + list + ")", TypeKind::kText);
}

/// The separator before each value that is not NULL, the first one cut off.
Written CallTranslator::sqlite_concat_ws() {
  const Written separator = text_argument(0);
  if (!separator.text) Translator::refuse("concat_ws() with a separator that is no constant");
  std::string list;
  for (std::size_t i = 1; i < call_.args.size(); ++i) {
    const Written part = text_argument(i);
    const std::string both = separator.sql + " || " + translator_.wrapped(part, Rank::kPrimary);
    list += (list.empty() ? "" : " || ") + (part.nullable ? "COALESCE(" + both + ", '')" : both);
  }
  return made("substr(" + list + ", " + std::to_string(code_points(*separator.text) + 1) + ")",
              TypeKind::kText);
}

Written CallTranslator::substr() {
  expect_arguments(2, 3);
  const Written text = text_argument(0);
  const Written start = number_argument(1);
  const auto first = whole_number(start);
  if (first && *first < 1) {
    const bool alike = from() != Engine::kPostgres && to() != Engine::kPostgres && *first < 0;
    if (!alike) Translator::refuse("substr() from a place before the first character");
  }
  if (!first) translator_.note("substr() from a place below 1 differs from engine to engine");
  std::string sql = "substr(" + text.sql + ", " + start.sql;
  if (call_.args.size() > 2) {
    const Written length = number_argument(2);
    const auto size = whole_number(length);
    if (size && *size < 0) Translator::refuse("substr() of a negative length");
    if (length.target.kind != TypeKind::kInteger) refuse();
    sql += ", " + length.sql;
  }
  Written written = made(sql + ")", TypeKind::kText);
  written.exact = text.exact;
  return written;
}

Written CallTranslator::left_part() {
  expect_arguments(2, 2);
  const Written text = text_argument(0);
  const Written length = number_argument(1);
  const auto size = whole_number(length);
  if (!size || *size < 0 || from() == Engine::kSqlite) refuse();
  Written written =
      made((to() == Engine::kSqlite ? "substr(" + text.sql + ", 1, " : "LEFT(" + text.sql + ", ") +
               length.sql + ")",
           TypeKind::kText);
  written.exact = text.exact;
  return written;
}

Written CallTranslator::right_part() {
  expect_arguments(2, 2);
  const Written text = text_argument(0);
  const Written length = number_argument(1);
  const auto size = whole_number(length);
  if (!size || *size < 1 || from() == Engine::kSqlite) refuse();
  if (to() != Engine::kSqlite) {
    return made("RIGHT(" + text.sql + ", " + length.sql + ")", TypeKind::kText);
  }
  return made("substr(" + text.sql + ", -" + length.sql + ")", TypeKind::kText);
}

/// TRIM of given characters; MySQL takes away one text, which is the same for one character.
Written CallTranslator::trim_characters() {
  const std::string side = call_.text.starts_with('l')   ? "l"
                           : call_.text.starts_with('r') ? "r"
                                                         : "";
  const Written text = text_argument(0);
  const Written characters = text_argument(1);
  if (to() != Engine::kMysql) {
    const std::string name = to() == Engine::kPostgres && side.empty() ? "btrim" : side + "trim";
    return made(name + "(" + text.sql + ", " + characters.sql + ")", TypeKind::kText);
  }
  if (!characters.text || characters.text->size() != 1) refuse();
  const std::string word = side == "l" ? "LEADING " : side == "r" ? "TRAILING " : "BOTH ";
  return made("TRIM(" + word + characters.sql + " FROM " + text.sql + ")", TypeKind::kText);
}

/// lpad() and rpad(), which cut what is longer.
Written CallTranslator::padded() {
  expect_arguments(2, 3);
  if (from() == Engine::kSqlite) refuse();
  const Written text = text_argument(0);
  const Written length = number_argument(1);
  if (length.target.kind != TypeKind::kInteger) refuse();
  Written fill = made(translator_.literal(" "), TypeKind::kText);
  fill.text = " ";
  if (call_.args.size() > 2) fill = text_argument(2);
  const bool left = call_.text == "lpad";
  std::string sql;
  if (to() != Engine::kSqlite) {
    const char* name = to() == Engine::kMysql ? (left ? "LPAD(" : "RPAD(")
                       : left                 ? "lpad("
                                              : "rpad(";
    sql = name + text.sql + ", " + length.sql + ", " + fill.sql + ")";
  } else {
    const auto size = whole_number(length);
    if (!size || *size < 1 || *size > kMostFill || !fill.text || fill.text->empty()) refuse();
    std::string filling;
    while (code_points(filling) < static_cast<std::size_t>(*size)) filling += *fill.text;
    filling = translator_.literal(filling);
    const std::string count = std::to_string(*size);
    const std::string value = translator_.wrapped(text, Rank::kPrimary);
    sql = left ? "CASE WHEN length(" + text.sql + ") >= " + count + " THEN substr(" + text.sql +
                     ", 1, " + count + ") ELSE substr(" + filling + ", 1, " + count + " - length(" +
                     text.sql + ")) || " + value + " END"
               : "substr(" + value + " || " + filling + ", 1, " + count + ")";
  }
  Written written = made(sql, TypeKind::kText);
  written.nullable = text.nullable || length.nullable || fill.nullable;
  written.exact = text.exact;
  return written;
}

/// What stands before the first separator, everything where there is none.
Written CallTranslator::first_part() {
  expect_arguments(3, 3);
  const Engine known = call_.text == "split_part" ? Engine::kPostgres : Engine::kMysql;
  if (from() != known) refuse();
  const Written text = text_argument(0);
  const Written separator = text_argument(1);
  if (!separator.text || separator.text->empty()) {
    Translator::refuse(call_.text + "() with a separator that is no constant");
  }
  if (whole_number(number_argument(2)) != 1) {
    Translator::refuse(call_.text + "() of another part than the first");
  }
  const std::string list = text.sql + ", " + separator.sql;
  std::string sql = "split_part(" + list + ", 1)";
  if (to() == Engine::kMysql) sql = "SUBSTRING_INDEX(" + list + ", 1)";
  if (to() == Engine::kSqlite) {
    const std::string place = "instr(" + list + ")";
    sql = "CASE WHEN " + place + " > 0 THEN substr(" + text.sql + ", 1, " + place + " - 1) ELSE " +
          text.sql + " END";
  }
  Written written = made(sql, TypeKind::kText);
  written.nullable = text.nullable;
  written.exact = text.exact;
  return written;
}

}  // namespace crossload::dialect
