#include "table_needs.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <utility>

#include "crossload/dialect/dialect.h"

namespace crossload::dialect {
namespace {

struct ExtensionWord {
  std::string_view word;
  std::string_view extension;
};

// Any owner of a database may make these.
// Source: postgresql.org/docs/15 "Additional Supplied Modules", the trusted ones.
constexpr std::array<std::string_view, 8> kTypeExtensions = {
    "citext", "cube", "hstore", "intarray", "isn", "ltree", "lo", "seg"};
constexpr std::array<ExtensionWord, 13> kExtensionWords = {{{"uuid_generate_v1", "uuid-ossp"},
                                                            {"uuid_generate_v1mc", "uuid-ossp"},
                                                            {"uuid_generate_v3", "uuid-ossp"},
                                                            {"uuid_generate_v4", "uuid-ossp"},
                                                            {"uuid_generate_v5", "uuid-ossp"},
                                                            {"gen_random_bytes", "pgcrypto"},
                                                            {"digest", "pgcrypto"},
                                                            {"crypt", "pgcrypto"},
                                                            {"unaccent", "unaccent"},
                                                            {"similarity", "pg_trgm"},
                                                            {"gin_trgm_ops", "pg_trgm"},
                                                            {"gist_trgm_ops", "pg_trgm"},
                                                            {"gin__int_ops", "intarray"}}};

bool is_name_character(char c) {
  return c == '_' || c == '$' || static_cast<unsigned char>(c) >= 0x80 ||
         std::isalnum(static_cast<unsigned char>(c)) != 0;
}

bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool begins = at == 0 || !is_name_character(text[at - 1]);
    if (begins && (end == text.size() || !is_name_character(text[end]))) return true;
  }
  return false;
}

/// The name, in quotes or not, and a bracket behind it.
bool calls(std::string_view text, const std::string& name) {
  for (const std::string& call : {name + "(", '"' + name + "\"("}) {
    for (std::size_t at = text.find(call); at != std::string_view::npos;
         at = text.find(call, at + 1)) {
      if (at == 0 || !is_name_character(text[at - 1])) return true;
    }
  }
  return false;
}

/// Every expression of a table, one a line.
std::string expressions_of(const Table& table) {
  std::string text;
  const auto add = [&](const std::string& part) { text += part + "\n"; };
  for (const Column& column : table.columns) {
    add(column.default_sql.value_or(""));
    add(column.generated_sql);
  }
  for (const CheckConstraint& check : table.checks) add(check.expression);
  for (const Index& index : table.indexes) {
    add(index.where_sql);
    add(index.sql);
    for (const IndexPart& part : index.parts) add(part.expression);
  }
  return text;
}

/// Whether an index has a column that only a B-tree has an order for.
bool has_plain_part(const Table& table, const Index& index) {
  return std::any_of(index.parts.begin(), index.parts.end(), [&](const IndexPart& part) {
    const Column* const column = table.find_column(part.column);
    if (column == nullptr) return false;
    const TypeKind kind = column->type.kind;
    return kind == TypeKind::kInteger || kind == TypeKind::kDecimal || kind == TypeKind::kDate ||
           kind == TypeKind::kTimestamp || kind == TypeKind::kTimestampTz ||
           kind == TypeKind::kUuid;
  });
}

std::string_view bare_type(std::string_view type) {
  if (type.ends_with("[]")) type.remove_suffix(2);
  if (const std::size_t point = type.rfind('.'); point != std::string_view::npos) {
    type.remove_prefix(point + 1);
  }
  return type;
}

}  // namespace

std::vector<SchemaItem> TableNeeds::extensions_for(const Table& table) {
  std::vector<SchemaItem> items;
  const auto need = [&](std::string_view extension) {
    if (!extensions_.emplace(extension).second) return;
    items.push_back(
        {"extension",
         "extension " + std::string(extension),
         {},
         "CREATE EXTENSION IF NOT EXISTS " + dialect_for(Engine::kPostgres).quote(extension)});
  };
  for (const Column& column : table.columns) {
    const std::string_view type = bare_type(column.type.declared);
    if (std::find(kTypeExtensions.begin(), kTypeExtensions.end(), type) != kTypeExtensions.end()) {
      need(type);
    }
  }
  for (const Index& index : table.indexes) {
    if (!has_plain_part(table, index)) continue;
    if (index.method == "gin") need("btree_gin");
    if (index.method == "gist") need("btree_gist");
  }
  const std::string text = expressions_of(table);
  for (const ExtensionWord& one : kExtensionWords) {
    const bool own =
        std::any_of(source_.routines.begin(), source_.routines.end(),
                    [&](const Routine& routine) { return routine.name.name == one.word; });
    if (!own && has_word(text, one.word)) need(one.extension);
  }
  return items;
}

std::vector<SchemaItem> TableNeeds::functions_for(const Table& table) {
  std::vector<SchemaItem> items;
  add_functions_in(expressions_of(table), items);
  return items;
}

std::vector<SchemaItem> TableNeeds::functions_in(const std::string& sql) {
  std::vector<SchemaItem> items;
  add_functions_in(sql, items);
  return items;
}

void TableNeeds::add_functions_in(const std::string& text, std::vector<SchemaItem>& items) {
  for (const Routine& routine : source_.routines) {
    if (!routine.is_function || !calls(text, routine.name.name)) continue;
    if (!functions_.insert(&routine).second) continue;
    add_functions_in(routine.sql, items);
    std::string sql = routine.sql;
    // The target's own function of that name stays as it is.
    constexpr std::string_view kReplace = "CREATE OR REPLACE ";
    if (sql.starts_with(kReplace)) sql = "CREATE " + sql.substr(kReplace.size());
    items.push_back({"routine", routine.name.display(), {}, std::move(sql)});
  }
}

}  // namespace crossload::dialect
