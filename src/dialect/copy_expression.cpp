#include "copy_expression.h"

#include "translate.h"
#include "translator.h"

namespace crossload::dialect {
namespace {

Translation in_target(const MadeTable& table, const CopyContext& copy, const std::string& sql,
                      ExpressionUse use) {
  const KnownTable known =
      known_table(copy.source.engine, *table.source, table.name, table.columns, table.types);
  TranslationContext context;
  context.source = copy.source.engine;
  context.target = copy.target;
  context.source_mariadb = copy.options.source_mariadb;
  context.table = &known;
  context.lasting = true;
  return translate_expression(sql, context, use);
}

/// MySQL's indexes take no expression over a long text. Source: dev.mysql.com "CREATE INDEX".
bool fits_mysql_index(const LogicalType& type) {
  constexpr std::int64_t kMostCharacters = 768;
  if (is_number_kind(type.kind) || is_moment_kind(type.kind) || type.kind == TypeKind::kBoolean) {
    return true;
  }
  return type.kind == TypeKind::kText && type.length && *type.length <= kMostCharacters;
}

}  // namespace

std::optional<std::string> expression_in_target(const MadeTable& table, const CopyContext& copy,
                                                const std::string& sql, std::string& why) {
  if (copy.same_engine()) return sql;
  Translation made = in_target(table, copy, sql, ExpressionUse::kValue);
  if (made.sql && copy.target.engine == Engine::kMysql && !fits_mysql_index(made.type)) {
    why = "MySQL has no index over an expression whose value may be a long text: " + sql;
    return std::nullopt;
  }
  if (!made.sql) why = made.reason + ": " + sql;
  return std::move(made.sql);
}

std::optional<std::string> condition_in_target(const MadeTable& table, const CopyContext& copy,
                                               const std::string& sql, std::string& why) {
  if (copy.same_engine()) return sql;
  Translation made = in_target(table, copy, sql, ExpressionUse::kCondition);
  if (!made.sql) why = made.reason + ": " + sql;
  return std::move(made.sql);
}

}  // namespace crossload::dialect
