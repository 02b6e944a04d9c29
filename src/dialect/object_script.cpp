#include "object_script.h"

#include <algorithm>

#include "crossload/base/strings.h"
#include "crossload/dialect/dialect.h"

#include "lexer.h"

namespace crossload::dialect {

const KnownTable* KnownTables::find(const TableName& name) const {
  const auto is_called = [&](const KnownTable& table, const std::string& schema) {
    return ascii_iequals(table.name.name, name.name) && ascii_iequals(table.name.schema, schema);
  };
  const KnownTable* folded = nullptr;
  for (const KnownTable& table : tables_) {
    if (table.name == name) return &table;
    const bool is_default = name.schema == "public" && is_called(table, "");
    if (folded == nullptr && (is_called(table, name.schema) || is_default)) folded = &table;
  }
  return folded;
}

bool KnownTables::keeps_names() const {
  if (default_schema_renamed_) return false;
  return std::all_of(tables_.begin(), tables_.end(),
                     [](const KnownTable& table) { return table.name == table.target_name; });
}

TranslationContext ObjectCopy::context() const {
  TranslationContext context;
  context.source = source.engine;
  context.target = target;
  context.source_mariadb = source_mariadb;
  context.find_table = [this](const TableName& name) { return tables.find(name); };
  context.is_virtual = [this](const TableName& name) {
    const Table* table = source.find_table(name);
    return table != nullptr && table->kind == TableKind::kVirtual;
  };
  return context;
}

void ObjectCopy::skip(const std::string& type, const std::string& name, const std::string& reason,
                      const std::string& sql) {
  warn(type == "stored_procedure" || type == "function" ? "routine" : type, name,
       "left out: " + reason);
  script.skipped.push_back({type, name, reason, sql, skipped_file(type)});
}

std::string some_of(const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 5;
  std::string list;
  for (std::size_t i = 0; i < std::min(names.size(), kShown); ++i) {
    list += (i == 0 ? "" : ", ") + names[i];
  }
  if (names.size() > kShown) list += " and " + std::to_string(names.size() - kShown) + " more";
  return list;
}

bool ObjectCopy::makes_schema(const std::string& item) const {
  return std::any_of(script.tables.begin(), script.tables.end(), [&](const SchemaItem& made) {
    return made.type == "schema" && made.name == item;
  });
}

void ObjectCopy::need_schema(const std::string& target_schema) {
  if (target_schema.empty() || target.engine != Engine::kPostgres) return;
  const std::string name = "schema " + target_schema;
  if (makes_schema(name)) return;
  SchemaItem item;
  item.type = "schema";
  item.name = name;
  item.sql = "CREATE SCHEMA IF NOT EXISTS " +
             dialect_for(Engine::kPostgres).quote(std::string_view(target_schema));
  script.tables.insert(script.tables.begin(), std::move(item));
}

std::string behind_object_name(Engine engine, const std::string& sql, std::string_view kind) {
  Lexer lexer(engine, sql);
  Token token = lexer.next();
  while (token.kind != TokenKind::kEnd && !token.is_word(kind)) token = lexer.next();
  token = lexer.next();
  std::size_t end = token.offset + token.text.size();
  token = lexer.next();
  if (token.is_symbol('.')) {
    token = lexer.next();
    end = token.offset + token.text.size();
  }
  return sql.substr(std::min(end, sql.size()));
}

}  // namespace crossload::dialect
