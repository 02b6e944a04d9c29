#include "postgres_objects.h"

#include <algorithm>

#include "crossload/base/strings.h"
#include "crossload/dialect/dialect.h"

#include "lexer.h"

namespace crossload::dialect {
namespace {

const Dialect& postgres() {
  return dialect_for(Engine::kPostgres);
}

bool is_postgres_copy(const CopyContext& copy) {
  return copy.same_engine() && copy.target.engine == Engine::kPostgres;
}

/// What stands behind the name in CREATE word name ..., as the catalog spells it: "s"."n".
std::string behind_name(const std::string& sql) {
  Lexer lexer(Engine::kPostgres, sql);
  for (int words = 0; words < 2; ++words) lexer.next();
  Token token = lexer.next();
  std::size_t end = token.offset + token.text.size();
  token = lexer.next();
  if (token.is_symbol('.')) {
    token = lexer.next();
    end = token.offset + token.text.size();
  }
  return sql.substr(end);
}

const Sequence* find_sequence(const Schema& source, const Table& table, const Column& column) {
  for (const Sequence& sequence : source.sequences) {
    if (sequence.owner == table.name && sequence.owner_column == column.name) return &sequence;
  }
  return nullptr;
}

/// The sequence, not the column's own, that numbers it by default: "nextval('s.n'::regclass)".
const Sequence* numbering_sequence(const Schema& source, const Column& column) {
  constexpr std::string_view kBegin = "nextval('";
  constexpr std::string_view kEnd = "'::regclass)";
  const std::string sql = column.default_sql.value_or("");
  if (column.identity != IdentityKind::kNone || !sql.starts_with(kBegin) || !sql.ends_with(kEnd)) {
    return nullptr;
  }
  const std::string name = sql.substr(kBegin.size(), sql.size() - kBegin.size() - kEnd.size());
  for (const Sequence& sequence : source.sequences) {
    const std::string quoted = postgres().quote(sequence.name);
    if (name == sequence.name.display() || name == quoted) return &sequence;
  }
  return nullptr;
}

/// Whether a chosen table has a column that the sequence numbers, and does not own.
bool numbers_a_copy(const CopyContext& copy, const Sequence& sequence) {
  return std::any_of(copy.tables.begin(), copy.tables.end(), [&](const MadeTable& table) {
    return std::any_of(
        table.source->columns.begin(), table.source->columns.end(),
        [&](const Column& column) { return numbering_sequence(copy.source, column) == &sequence; });
  });
}

/// Whether the copy makes a sequence by a statement of its own: one that an identity column made is
/// made with its column.
bool is_made(const CopyContext& copy, const Sequence& sequence) {
  if (sequence.owner.name.empty()) return copy.everything() || numbers_a_copy(copy, sequence);
  const MadeTable* const owner = copy.find(sequence.owner);
  if (owner == nullptr) return numbers_a_copy(copy, sequence);
  const Column* const column = owner->source->find_column(sequence.owner_column);
  return column != nullptr &&
         (column->identity == IdentityKind::kSerial || column->identity == IdentityKind::kNone);
}

/// INCREMENT BY and what follows it.
std::string sequence_options(const Sequence& sequence) {
  Lexer lexer(Engine::kPostgres, sequence.sql);
  for (Token token = lexer.next(); token.kind != TokenKind::kEnd; token = lexer.next()) {
    if (token.is_word("increment")) return sequence.sql.substr(token.offset);
  }
  return {};
}

void add(CopyContext& copy, const std::string& type, const std::string& name,
         const TableName& table, std::string sql) {
  copy.script.tables.push_back({.type = type, .name = name, .table = table, .sql = std::move(sql)});
}

/// Whether the copy has a table that uses the type, or is of everything.
bool is_needed(const CopyContext& copy, const std::string& type) {
  if (copy.everything()) return true;
  return std::any_of(copy.tables.begin(), copy.tables.end(), [&](const MadeTable& table) {
    return std::any_of(table.source->columns.begin(), table.source->columns.end(),
                       [&](const Column& column) {
                         return !column.type.named.empty() &&
                                find_type(copy.source, column.type.named) != nullptr &&
                                find_type(copy.source, column.type.named)->name.display() == type;
                       });
  });
}

void add_comments(const MadeTable& table, CopyContext& copy) {
  const std::string quoted = postgres().quote(table.name);
  if (!table.source->comment.empty()) {
    add(copy, "comment", "comment on " + table.name.display(), table.name,
        "COMMENT ON TABLE " + quoted + " IS " + postgres().literal(table.source->comment));
  }
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const Column& column = table.source->columns[i];
    if (column.comment.empty()) continue;
    add(copy, "comment", "comment on " + table.name.display() + "." + table.columns[i], table.name,
        "COMMENT ON COLUMN " + quoted + "." + postgres().quote(std::string_view(table.columns[i])) +
            " IS " + postgres().literal(column.comment));
  }
}

void drop_comments(const MadeTable& table, CopyContext& copy) {
  const auto columns = std::count_if(table.source->columns.begin(), table.source->columns.end(),
                                     [](const Column& column) { return !column.comment.empty(); });
  if (table.source->comment.empty() && columns == 0) return;
  copy.warn("comment", table.source->name.display(),
            "SQLite keeps no comments: " +
                std::string(table.source->comment.empty() ? "" : "that of the table") +
                (table.source->comment.empty() || columns == 0 ? "" : " and ") +
                (columns == 0 ? "" : "those of " + std::to_string(columns) + " columns") +
                " are left out");
}

}  // namespace

const UserType* find_type(const Schema& source, const std::string& named) {
  for (const UserType& type : source.types) {
    if (!type.name.schema.empty() && named == type.name.display()) return &type;
  }
  for (const UserType& type : source.types) {
    if (type.name.schema.empty() && named.ends_with("." + type.name.name)) return &type;
  }
  return nullptr;
}

std::string copied_type(const CopyContext& copy, const std::string& named) {
  const UserType* const type = is_postgres_copy(copy) ? find_type(copy.source, named) : nullptr;
  return type == nullptr ? std::string() : type->name.display();
}

void add_types_and_sequences(CopyContext& copy, const TargetNames& names) {
  if (!is_postgres_copy(copy)) {
    for (const Sequence& sequence : copy.source.sequences) {
      if (!sequence.owner.name.empty() || !copy.everything()) continue;
      copy.skip("sequence", sequence.name.display(),
                "a sequence of its own, which the target does not have", sequence.sql);
    }
    return;
  }
  for (const UserType& type : copy.source.types) {
    if (!is_needed(copy, type.name.display())) continue;
    const bool domain = type.kind == UserTypeKind::kDomain;
    const TableName name = names(type.name);
    add(copy, "type", "type " + name.display(), {},
        std::string(domain ? "CREATE DOMAIN " : "CREATE TYPE ") + postgres().quote(name) +
            behind_name(type.sql));
  }
  for (const Sequence& sequence : copy.source.sequences) {
    if (!is_made(copy, sequence)) continue;
    const TableName name = names(sequence.name);
    add(copy, "sequence", name.display(), {},
        "CREATE SEQUENCE " + postgres().quote(name) + behind_name(sequence.sql));
  }
}

void keep_sequences(const Table& table, const CopyContext& copy, const TargetNames& names,
                    TableScriptOptions& options) {
  if (!is_postgres_copy(copy)) return;
  for (const Column& column : table.columns) {
    if (const Sequence* const other = numbering_sequence(copy.source, column)) {
      options.numbering[column.name] = " DEFAULT nextval(" +
                                       postgres().literal(postgres().quote(names(other->name))) +
                                       "::regclass)";
      continue;
    }
    const Sequence* const sequence = find_sequence(copy.source, table, column);
    if (sequence == nullptr) continue;
    const std::string name = postgres().quote(names(sequence->name));
    if (column.identity == IdentityKind::kSerial) {
      options.numbering[column.name] =
          " DEFAULT nextval(" + postgres().literal(name) + "::regclass)";
    } else if (column.identity != IdentityKind::kNone) {
      options.numbering[column.name] =
          std::string(" GENERATED ") +
          (column.identity == IdentityKind::kAlways ? "ALWAYS" : "BY DEFAULT") +
          " AS IDENTITY (SEQUENCE NAME " + name + " " + sequence_options(*sequence) + ")";
    }
  }
}

void add_after_table(const MadeTable& table, CopyContext& copy, const TargetNames& names) {
  if (copy.target.engine == Engine::kSqlite) return drop_comments(table, copy);
  if (copy.target.engine != Engine::kPostgres) return;
  if (is_postgres_copy(copy)) {
    for (const Sequence& sequence : copy.source.sequences) {
      if (sequence.owner != table.source->name) continue;
      const std::size_t place = table.place_of(sequence.owner_column);
      if (place == std::string::npos || !is_made(copy, sequence)) continue;
      const TableName name = names(sequence.name);
      add(copy, "sequence", "owner of " + name.display(), table.name,
          "ALTER SEQUENCE " + postgres().quote(name) + " OWNED BY " + postgres().quote(table.name) +
              "." + postgres().quote(std::string_view(table.columns[place])));
    }
  }
  add_comments(table, copy);
}

}  // namespace crossload::dialect
