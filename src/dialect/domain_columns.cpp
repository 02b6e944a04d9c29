#include "domain_columns.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "crossload/base/strings.h"
#include "crossload/dialect/dialect.h"

#include "lexer.h"
#include "postgres_objects.h"

namespace crossload::dialect {
namespace {

/// What CREATE DOMAIN says of its values.
struct DomainClauses {
  std::string base;
  std::optional<std::string> default_sql;
  bool not_null = false;
  std::vector<std::string> checks;  ///< In which the value is called VALUE.
};

/// Reads the catalog's own spelling: CREATE DOMAIN n AS base [COLLATE c] [DEFAULT e] [NOT NULL]
/// [CONSTRAINT n CHECK (...)]...
class DomainReader {
 public:
  explicit DomainReader(const std::string& sql) : sql_(sql) {
    Lexer lexer(Engine::kPostgres, sql_);
    do {
      tokens_.push_back(lexer.next());
    } while (tokens_.back().kind != TokenKind::kEnd);
  }

  DomainClauses run() {
    while (!at_end() && !tokens_[at_].is_word("as")) ++at_;
    if (!at_end()) ++at_;
    clauses_.base = take_part();
    while (!at_end()) take_clause();
    return std::move(clauses_);
  }

 private:
  bool at_end() const { return tokens_[at_].kind == TokenKind::kEnd; }

  bool begins_clause() const {
    const Token& token = tokens_[at_];
    for (const char* word : {"collate", "default", "constraint", "check"}) {
      if (token.is_word(word)) return true;
    }
    return token.is_word("not") && tokens_[at_ + 1].is_word("null");
  }

  /// The text up to the next clause.
  std::string take_part() {
    const std::size_t begin = tokens_[at_].offset;
    for (int depth = 0; !at_end() && (depth > 0 || !begins_clause()); ++at_) {
      depth += tokens_[at_].is_symbol('(') ? 1 : tokens_[at_].is_symbol(')') ? -1 : 0;
    }
    const std::size_t end = at_end() ? sql_.size() : tokens_[at_].offset;
    return std::string(trim(std::string_view(sql_).substr(begin, end - begin)));
  }

  void take_clause() {
    const Token word = tokens_[at_++];
    const std::string part = take_part();
    if (word.is_word("default")) clauses_.default_sql = part;
    if (word.is_word("not")) clauses_.not_null = true;
    if (word.is_word("check") && part.starts_with('(')) {
      // NOT VALID may stand behind it.
      clauses_.checks.push_back(part.substr(1, part.rfind(')') - 1));
    }
  }

  const std::string& sql_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  DomainClauses clauses_;
};

std::string with_column(const std::string& check, const std::string& column) {
  const std::string quoted = dialect_for(Engine::kPostgres).quote(std::string_view(column));
  Lexer lexer(Engine::kPostgres, check);
  std::string result;
  std::size_t copied = 0;
  for (Token token = lexer.next(); token.kind != TokenKind::kEnd; token = lexer.next()) {
    if (!token.is_word("value")) continue;
    result += check.substr(copied, token.offset - copied) + quoted;
    copied = token.offset + token.text.size();
  }
  return result + check.substr(copied);
}

const UserType* find_domain(const Schema& source, const std::string& name) {
  const UserType* const type = find_type(source, name);
  if (type != nullptr) return type->kind == UserTypeKind::kDomain ? type : nullptr;
  const auto found =
      std::find_if(source.types.begin(), source.types.end(), [&](const UserType& other) {
        return other.kind == UserTypeKind::kDomain &&
               (other.name.display() == name || other.name.name == name);
      });
  return found == source.types.end() ? nullptr : &*found;
}

class DomainWriter {
 public:
  DomainWriter(const Schema& source, std::vector<SchemaWarning>& told)
      : source_(source), told_(told) {}

  void spell_out(Table& table) {
    for (Column& column : table.columns) {
      if (column.type.named.empty()) continue;
      // A domain may be made of a domain.
      const UserType* domain = find_domain(source_, column.type.named);
      for (int depth = 0; domain != nullptr && depth < kDeepest; ++depth) {
        const DomainClauses clauses = DomainReader(domain->sql).run();
        add(clauses, domain->name, table, column);
        domain = find_domain(source_, clauses.base);
      }
    }
  }

 private:
  static constexpr int kDeepest = 20;

  void add(const DomainClauses& clauses, const TableName& domain, Table& table, Column& column) {
    if (clauses.not_null && column.nullable) {
      column.nullable = false;
      told_.push_back(
          {"column", table.name.display() + "." + column.name,
           "takes no NULL of its own accord: the domain " + domain.display() + " said so"});
    }
    const bool computed =
        column.generated != GeneratedKind::kNone || column.identity != IdentityKind::kNone;
    if (!column.default_sql && !computed) column.default_sql = clauses.default_sql;
    for (const std::string& check : clauses.checks) {
      table.checks.push_back({"", with_column(check, column.name)});
      told_.push_back(
          {"check", table.name.display() + "." + column.name,
           "the check of the domain " + domain.display() + " becomes one of the table"});
    }
  }

  const Schema& source_;
  std::vector<SchemaWarning>& told_;
};

}  // namespace

Schema without_domains(const Schema& source, const std::vector<TableName>& tables,
                       std::vector<SchemaWarning>& told) {
  Schema schema = source;
  DomainWriter writer(source, told);
  for (Table& table : schema.tables) {
    const bool chosen =
        tables.empty() || std::find(tables.begin(), tables.end(), table.name) != tables.end();
    // The rows of a partition are its parent's.
    if (chosen && table.partition_of.name.empty()) writer.spell_out(table);
  }
  return schema;
}

bool has_domains(const Schema& source) {
  return std::any_of(source.types.begin(), source.types.end(),
                     [](const UserType& type) { return type.kind == UserTypeKind::kDomain; });
}

}  // namespace crossload::dialect
