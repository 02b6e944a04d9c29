#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sql_tree.h"
#include "time_step.h"
#include "translate.h"

namespace crossload::dialect {

/// How tightly a written text holds together, loosest first.
enum class Rank { kOr, kAnd, kNot, kComparison, kOperator, kPrimary };

/// PostgreSQL: now, as a moment without zone in UTC.
inline constexpr const char* kUtcNow = "(CURRENT_TIMESTAMP AT TIME ZONE 'UTC')";

/// An expression in the target's words, and what is known of its value.
struct Written {
  std::string sql;
  Rank rank = Rank::kPrimary;
  LogicalType source;  ///< What its value is in the source; kDynamic where it is not known.
  LogicalType target;
  bool truth = false;  ///< A condition whose source would give 0 or 1 for it.
  bool null_literal = false;
  std::optional<std::string> text = {};    ///< Of a text literal.
  std::optional<std::string> number = {};  ///< Of a number literal.
  bool nullable = true;
  bool exact = true;             ///< Texts are compared byte by byte in the source.
  std::string moment_form = {};  ///< SQLite: as KnownColumn has it.
  bool surely_real = false;      ///< SQLite: a floating-point number in every row.
  /// SQLite: a text of the current time, and the moment that it spells.
  std::pair<std::string, std::string> clock = {};
  /// SQLite: a text of digits, and the number that it spells.
  std::pair<std::string, std::string> digits = {};
  const KnownColumn* column = nullptr;
};

/// What a query gives.
struct OutputColumn {
  std::string name;
  Written value;
};

/// A table within reach of a name.
struct ScopeTable {
  std::string name;     ///< Alias, or the table's own name.
  std::string schema;   ///< Of a table without alias.
  std::string written;  ///< What qualifies its columns in the target; empty: nothing.
  const KnownTable* table = nullptr;
  bool nullable = false;                 ///< On the side of an outer join that may be missing.
  std::vector<std::string> hidden = {};  ///< Columns that USING has joined into another's.
  bool of_values = false;                ///< MySQL's row that was to be inserted: VALUES(column).
};

struct Scope {
  const Scope* outer = nullptr;
  std::vector<ScopeTable> tables = {};
  std::vector<const KnownTable*> common_tables = {};
  /// Names of the SELECT list where the source takes them for what they stand for.
  std::vector<std::pair<std::string, const Expr*>> aliases = {};
  bool qualifies = false;     ///< Bare names are written with their table's.
  bool of_variables = false;  ///< The aliases are variables, which no column may be called like.
};

/// Writes the tree of one engine in another's words. Throws: Error kSchemaCopyFailed, naming what
/// has no translation.
class Translator {
 public:
  explicit Translator(const TranslationContext& context);

  Written value(const Expr& expr, const Scope& scope);
  /// As WHERE takes it.
  Written condition(const Expr& expr, const Scope& scope);
  /// A whole query; `outputs` gets its columns.
  std::string query(const Select& select, const Scope& outer, std::vector<OutputColumn>* outputs);
  /// A table made of a query's columns, called by `names` where there are any.
  const KnownTable& table_of(const TableName& name, const std::vector<OutputColumn>& outputs,
                             const std::vector<std::string>& names);

  /// What stands behind ORDER BY, with the source's place for NULL.
  std::string order_list(const std::vector<OrderItem>& items, const Scope& scope);

  const std::vector<std::string>& notes() const { return notes_; }
  void note(const std::string& text);
  std::string quoted(std::string_view name) const;
  std::string literal(std::string_view text) const;
  /// As a value of its own: what is a condition in PostgreSQL becomes the number it was.
  Written plain_value(Written written) const;
  /// For a column of this type: an integer for a boolean and the like. Throws where it cannot be.
  Written assigned(Written written, const KnownColumn& column);
  const TranslationContext& context() const { return context_; }
  Engine from() const { return context_.source; }
  Engine to() const { return context_.target.engine; }
  [[noreturn]] static void refuse(const std::string& construct);
  /// What depends on the time or a setting: refused where the value is kept.
  void changes(const char* what) const;

 private:
  friend class CallTranslator;
  friend class SelectTranslator;
  friend class CastTranslator;

  // translate_expression.cpp
  Written any(const Expr& expr, const Scope& scope);
  Written literal_value(const Expr& expr) const;
  Written unary(const Expr& expr, const Scope& scope);
  Written case_value(const Expr& expr, const Scope& scope);
  Written subquery(const Expr& expr, const Scope& scope);
  Written collated(const Expr& expr, const Scope& scope);
  Written is_test(const Expr& expr, const Scope& scope);
  Written logical(const Expr& expr, const Scope& scope);
  Written as_condition(Written written);

  // translate_select.cpp
  void add_common_tables(const Select& select, Scope& scope, std::string& sql);
  std::string arm(const Select& select, const Scope& scope, std::vector<OutputColumn>& outputs,
                  bool names_matter);
  std::string arms(const Select& select, const Scope& scope, std::vector<OutputColumn>& outputs,
                   bool names_matter);
  std::string values_sql(const Select& select, const Scope& scope,
                         std::vector<OutputColumn>& outputs);
  std::string order_and_limit(const Select& select, const Scope& scope,
                              const std::vector<OutputColumn>& outputs);
  std::string order_item(const OrderItem& item, const Written& value, const std::string& sql,
                         bool plain_only);
  static const KnownTable* common_table(std::string_view name, const Scope& scope);
  std::string quoted_table(const TableName& name) const;

  // translate_names.cpp
  Written column(const Expr& expr, const Scope& scope);
  Written rows_test(const Expr& expr, const Scope& scope);

  // translate_comparison.cpp
  Written comparison(const Expr& expr, const Scope& scope);
  Written between(const Expr& expr, const Scope& scope);
  Written in_list(const Expr& expr, const Scope& scope);
  Written in_query(const Expr& expr, const Scope& scope);
  Written like(const Expr& expr, const Scope& scope);
  Written regexp(const Expr& expr, const Written& value, const Written& pattern, bool folds);
  /// Makes two operands comparable in the target as they were in the source.
  void match(Written& left, Written& right, bool ordered);
  void match_literal(Written& value, Written& literal, bool ordered);
  void match_kinds(Written& left, Written& right);
  // translate_moments.cpp
  /// For moments of SQLite that are spelled unlike: makes them the texts that SQLite compares.
  /// False where the target can compare them as they are.
  bool match_spelling(Written& left, Written& right);
  Written spelled_out(Written written, const std::string& form) const;
  static std::string form_of(const Written& written);
  static std::string common_form(const std::vector<const Written*>& values);
  /// Throws where one moment may be spelled in two ways, which are two values to SQLite.
  void expect_one_form(const Written& written, const char* place) const;

  /// Branches of CASE, arguments of COALESCE: one type for all.
  LogicalType unify(std::vector<Written*> values, LogicalType& source);

  // translate_arithmetic.cpp
  Written arithmetic(const Expr& expr, const Scope& scope);
  Written division(const Written& left, const Written& right, const Expr& expr);
  Written concatenated(const Expr& expr, const Scope& scope);
  void concat_parts(const Expr& expr, const Scope& scope, std::vector<Written>& parts);
  Written concat_of(const std::vector<Written>& parts);
  /// The number it is, where the target keeps it as text or truth.
  Written numeric(Written written);
  Written as_text(Written written);

  // translate_intervals.cpp
  Written moment_arithmetic(const Expr& expr, const Written& left, const Scope& scope);
  /// A moment and a distance; `clock`: it is the current time.
  Written shifted(const Written& moment, const TimeStep& step, bool clock);
  Written days_later(const Written& date, const Written& days, bool back) const;
  Written days_between(const Written& later, const Written& earlier) const;
  static bool is_interval(const Expr& expr);

  // translate_cast.cpp
  Written cast(const Expr& expr, const Scope& scope);

  // translate_json.cpp
  /// The text that an operator or JSON_UNQUOTE takes out of a document; `construct` for messages.
  Written json_text(const Expr& expr, const std::string& construct, const Scope& scope);

  // translate_calls.cpp
  Written call(const Expr& expr, const Scope& scope);

  std::string wrapped(const Written& written, Rank at_least) const;
  Written made(std::string sql, TypeKind kind, Rank rank = Rank::kPrimary) const;
  Written truth(std::string sql, Rank rank) const;

  const TranslationContext& context_;
  std::deque<KnownTable> made_tables_;  ///< Of subqueries and common tables.
  std::vector<std::string> notes_;
};

/// What the name of a type means; kOther for what is not known.
TypeKind kind_of_cast(const CastType& type, Engine from);
bool is_number_kind(TypeKind kind);
bool is_text_kind(TypeKind kind);
bool is_moment_kind(TypeKind kind);
/// "integer", for messages.
std::string_view kind_name(TypeKind kind);
LogicalType of_kind(TypeKind kind);
bool is_number_text(std::string_view text);

}  // namespace crossload::dialect
