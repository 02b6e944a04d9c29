#include "mysql_words.h"

#include <algorithm>

#include "crossload/dialect/dialect.h"

#include "key_use.h"

namespace crossload::dialect {
namespace {

std::string first_characters(const std::string& text, std::size_t most) {
  std::size_t characters = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool begins = (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
    if (begins && ++characters > most) return text.substr(0, at);
  }
  return text;
}

}  // namespace

MysqlComment fit_mysql_comment(const std::string& comment, std::size_t most) {
  // Comments are utf8mb3: MySQL refuses others, MariaDB puts '?' for them.
  const auto begins_four_bytes = [](char c) { return static_cast<unsigned char>(c) >= 0xF0; };
  if (std::any_of(comment.begin(), comment.end(), begins_four_bytes)) {
    return {"", "the comment is left out: MySQL's have no characters of four bytes"};
  }
  const std::string kept = first_characters(comment, most);
  MysqlComment made;
  made.sql = dialect_for(Engine::kMysql).literal(kept);
  if (kept.size() < comment.size()) {
    made.told = "the comment is cut: MySQL takes " + std::to_string(most) + " characters";
  }
  return made;
}

std::string why_not_invisible(const Column& column, const TargetTraits& target) {
  if (target.engine != Engine::kMysql) {
    return "the column is INVISIBLE in the source: SELECT * of the target gives it too";
  }
  // Source: mariadb.com "Invisible Columns"; dev.mysql.com "Invisible Columns".
  if (target.mariadb && !column.optional_on_insert()) {
    return "the column is INVISIBLE in the source: MariaDB wants a default for such a one";
  }
  return "";
}

int key_prefix(const Table& table, const std::string& column) {
  const Index* const index = primary_key_index(table);
  if (index == nullptr) return 0;
  for (const IndexPart& part : index->parts) {
    if (part.column == column) return part.prefix_length.value_or(0);
  }
  return 0;
}

bool is_json_check(const Table& table, const std::vector<MappedType>& types,
                   const std::string& expression) {
  const Dialect& mysql = dialect_for(Engine::kMysql);
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (types[i].type.kind != TypeKind::kJson) continue;
    const std::string_view name = table.columns[i].name;
    if (expression == "json_valid(" + mysql.quote(name) + ")") return true;
  }
  return false;
}

}  // namespace crossload::dialect
