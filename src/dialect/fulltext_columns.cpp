#include "fulltext_columns.h"

#include <algorithm>

#include "lexer.h"

namespace crossload::dialect {
namespace {

void add_once(std::vector<std::string>& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

}  // namespace

std::vector<std::string> full_text_columns(const Table& table, const Index& index) {
  std::vector<std::string> names;
  for (const IndexPart& part : index.parts) {
    if (!part.column.empty()) {
      if (table.find_column(part.column) != nullptr) add_once(names, part.column);
      continue;
    }
    Lexer lexer(Engine::kPostgres, part.expression);
    for (Token token = lexer.next(); token.kind != TokenKind::kEnd; token = lexer.next()) {
      if (!token.is_name()) continue;
      const Column* const column = table.find_column(spelled_name(token));
      if (column != nullptr && column->type.kind == TypeKind::kText) add_once(names, column->name);
    }
  }
  return names;
}

}  // namespace crossload::dialect
