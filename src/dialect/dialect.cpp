#include "crossload/dialect/dialect.h"

#include "crossload/base/error.h"

#include "dialects.h"
#include "lexer.h"

namespace crossload::dialect {

std::string Dialect::quote(const TableName& table) const {
  if (table.schema.empty()) return quote(table.name);
  return quote(table.schema) + "." + quote(table.name);
}

const Dialect& dialect_for(Engine engine) {
  switch (engine) {
    case Engine::kSqlite:
      return sqlite_dialect();
    case Engine::kPostgres:
      return postgres_dialect();
    case Engine::kMysql:
      return mysql_dialect();
  }
  throw Error(ErrorCode::kInvalidArgument, "there is no such engine");
}

std::string statement_end(Engine engine, std::string_view statement) {
  Lexer lexer(engine, statement);
  while (lexer.next().kind != TokenKind::kEnd) {
  }
  switch (lexer.open_end()) {
    case OpenEnd::kLineComment:
      return "\n";
    case OpenEnd::kBlockComment:
      return "*/";
    case OpenEnd::kNothing:
    case OpenEnd::kQuote:
      return "";
  }
  return "";
}

}  // namespace crossload::dialect
