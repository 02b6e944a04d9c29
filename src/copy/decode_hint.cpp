#include "decode_hint.h"

#include <cstdint>

#include "crossload/base/strings.h"
#include "crossload/convert/converter.h"
#include "crossload/dialect/dialect.h"

#include "table_conversion.h"

namespace crossload::copy {
namespace {

constexpr const char* kRule = "decode_as";
constexpr std::size_t kRowsLookedAt = 1'000;
constexpr std::size_t kMostCharacters = 1'000;  // Longer texts are not looked at.

bool is_latin1(const Column& column) {
  return column.type.kind == TypeKind::kText && column.type.charset == "latin1";
}

/// How many of a column's first texts the rule would decode.
std::uint64_t decodable(driver::Connection& source, const Table& table, const Column& column) {
  const auto& dialect = dialect::dialect_for(source.server().engine);
  const std::string name = dialect.quote(column.name);
  const auto texts = driver::fetch_all(
      source, "SELECT CASE WHEN CHAR_LENGTH(" + name + ") <= " + std::to_string(kMostCharacters) +
                  " THEN " + name + " END FROM " + dialect.quote(table.name) + " LIMIT " +
                  std::to_string(kRowsLookedAt));
  RowBatch batch;
  batch.reset(1);
  for (const auto& row : texts) {
    batch.append(0, row.at(0));
    batch.end_row();
  }
  convert::Side as_text{Engine::kSqlite, column, false};
  const auto converter =
      convert::make_converter({source.server().engine, column, false}, as_text, {{kRule, "utf8"}});
  if (!converter) return 0;
  std::vector<convert::Fault> faults;
  converter->convert(batch, 0, batch.add_column(), faults);
  std::uint64_t decoded = 0;
  for (const auto& [rule, uses] : converter->take_rule_uses()) decoded += uses;
  return decoded;
}

}  // namespace

std::vector<std::string> decode_hints(driver::Connection& source, const Table& table,
                                      const TablePlan& plan, const Rules& rules) {
  std::vector<std::string> hints;
  if (source.server().engine != Engine::kMysql) return hints;
  for (const std::string& name : plan.source_columns) {
    const Column* const column = table.find_column(name);
    if (column == nullptr || !is_latin1(*column)) continue;
    if (rules_for(rules, plan.source, name).contains(kRule)) continue;
    const std::uint64_t texts = decodable(source, table, *column);
    if (texts == 0) continue;
    const std::string where = plan.source.display() + "." + name;
    hints.push_back(where + ": " + std::to_string(texts) + " of the first " +
                    std::to_string(kRowsLookedAt) +
                    " texts are UTF-8 that was stored as latin1 once; they are copied as the "
                    "server shows them, and rules {\"" +
                    where + "\":{\"decode_as\":\"utf8\"}} decodes them");
  }
  return hints;
}

}  // namespace crossload::copy
