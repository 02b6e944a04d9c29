#include "mysql_copy.h"

#include <algorithm>

#include "crossload/base/strings.h"
#include "crossload/dialect/dialect.h"
#include "crossload/dialect/schema_script.h"

#include "lexer.h"

namespace crossload::dialect {
namespace {

/// Where the list of columns and keys begins and ends, and where its commas are.
struct Body {
  std::size_t open = std::string::npos;
  std::size_t close = std::string::npos;
  std::vector<std::size_t> commas;
};

Body find_body(const std::string& sql) {
  Body body;
  int depth = 0;
  Lexer lexer(Engine::kMysql, sql);
  for (Token token = lexer.next(); token.kind != TokenKind::kEnd; token = lexer.next()) {
    if (token.is_symbol('(')) {
      if (++depth == 1) body.open = token.offset;
    } else if (token.is_symbol(')')) {
      if (--depth > 0) continue;
      body.close = token.offset;
      return body;
    } else if (token.is_symbol(',') && depth == 1) {
      body.commas.push_back(token.offset);
    }
  }
  return body;
}

std::vector<std::string> items_of(const std::string& sql, const Body& body) {
  std::vector<std::string> items;
  std::size_t from = body.open + 1;
  for (const std::size_t comma : body.commas) {
    items.emplace_back(trim(std::string_view(sql).substr(from, comma - from)));
    from = comma + 1;
  }
  items.emplace_back(trim(std::string_view(sql).substr(from, body.close - from)));
  return items;
}

/// The name of an index, where the item is one that may come later.
std::optional<std::string> index_name(const std::string& item) {
  Lexer lexer(Engine::kMysql, item);
  Token token = lexer.next();
  const bool is_kind =
      token.is_word("unique") || token.is_word("fulltext") || token.is_word("spatial");
  if (is_kind) token = lexer.next();
  if (!token.is_word("key") && !token.is_word("index")) return std::nullopt;
  token = lexer.next();
  return token.is_name() ? std::optional(spelled_name(token)) : std::nullopt;
}

bool is_foreign_key(const std::string& item) {
  Lexer lexer(Engine::kMysql, item);
  if (!lexer.next().is_word("constraint")) return false;
  lexer.next();
  return lexer.next().is_word("foreign");
}

bool is_numbered(const Table& table, const std::string& name) {
  const Column* const column = table.find_column(name);
  return column != nullptr && column->identity != IdentityKind::kNone;
}

/// A column numbers itself only where a key begins with it (of MyISAM: has it), which must be there
/// from the first; empty where the primary key is that one.
std::string numbering_index(const Table& table) {
  if (!table.primary_key.empty() && is_numbered(table, table.primary_key.front())) return {};
  std::string with_it;
  for (const Index& index : table.indexes) {
    if (index.origin == IndexOrigin::kPrimaryKey || index.parts.empty()) continue;
    if (is_numbered(table, index.parts.front().column)) return index.name;
    const bool has =
        std::any_of(index.parts.begin(), index.parts.end(),
                    [&](const IndexPart& part) { return is_numbered(table, part.column); });
    if (has && with_it.empty()) with_it = index.name;
  }
  return with_it;
}

}  // namespace

std::optional<MysqlTableText> take_apart_mysql(const Table& table, const std::string& new_name) {
  const Body body = find_body(table.sql);
  if (!table.sql.starts_with("CREATE TABLE") || body.close == std::string::npos) {
    return std::nullopt;
  }
  MysqlTableText text;
  const std::string numbering = numbering_index(table);
  std::vector<std::string> kept;
  for (std::string& item : items_of(table.sql, body)) {
    if (is_foreign_key(item)) continue;
    const auto name = index_name(item);
    if (name && *name != numbering) {
      text.indexes.emplace_back(*name, std::move(item));
    } else {
      kept.push_back(std::move(item));
    }
  }
  text.create = "CREATE TABLE " + dialect_for(Engine::kMysql).quote(std::string_view(new_name)) +
                " (\n  " + join(kept, ",\n  ") + "\n" + table.sql.substr(body.close);
  return text;
}

MysqlTableParts parts_of_mysql_table(const std::string& create_table) {
  const Body body = find_body(create_table);
  if (body.close == std::string::npos) return {};
  return {items_of(create_table, body), create_table.substr(body.close + 1)};
}

std::string with_parts(const std::string& create_table, const std::vector<std::string>& parts) {
  const std::size_t end = find_body(create_table).close;
  if (parts.empty() || end == std::string::npos) return create_table;
  return create_table.substr(0, end) + ", " + join(parts, ", ") + create_table.substr(end);
}

}  // namespace crossload::dialect
