#pragma once

#include <cstddef>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sql_tokens.h"
#include "sql_tree.h"

namespace crossload::dialect {

/// Reads expressions and queries of one engine. Every reading function throws Error
/// kSchemaCopyFailed, naming the construct, for what it does not know.
class SqlParser {
 public:
  SqlParser(Engine engine, std::string_view sql);

  ExprPtr expression();
  SelectPtr select();
  /// Nothing may follow but what ends a statement.
  void expect_end();

  // For readers of statements around expressions.
  const Word& word(std::size_t ahead = 0) const;
  bool at_end() const { return word().kind == WordKind::kEnd; }
  bool at_word(std::string_view lower, std::size_t ahead = 0) const;
  bool at_symbol(std::string_view symbol, std::size_t ahead = 0) const;
  /// Passes it and returns true where it stands.
  bool take_word(std::string_view lower);
  bool take_words(std::initializer_list<std::string_view> lower);
  bool take_symbol(std::string_view symbol);
  void expect_word(std::string_view lower);
  void expect_symbol(std::string_view symbol);
  std::string expect_name();
  TableName table_name();
  std::vector<OrderItem> order_items();
  std::vector<std::string> name_list();
  CastType cast_type();
  [[noreturn]] void refuse(const std::string& construct) const;
  [[noreturn]] void refuse_word() const;
  void skip() { ++at_; }
  std::size_t position() const { return at_; }
  void go_to(std::size_t position) { at_ = position; }
  std::string_view text_between(std::size_t from, std::size_t to) const;
  Engine engine() const { return engine_; }

 private:
  // parse_operators.cpp
  ExprPtr conjunction();
  ExprPtr negation();
  ExprPtr predicate();
  bool predicate_tail(ExprPtr& left);
  bool is_tail(ExprPtr& left);
  bool comparison_tail(ExprPtr& left);
  ExprPtr in_tail(ExprPtr left, bool negated);
  ExprPtr like_tail(ExprPtr left, bool negated, std::string_view kind);
  ExprPtr between_tail(ExprPtr left, bool negated);
  ExprPtr quantified(ExprPtr left, const std::string& op);
  ExprPtr other_operators();
  ExprPtr sum();
  ExprPtr product();
  ExprPtr concatenation();
  ExprPtr unary();
  ExprPtr postfix();
  std::string other_operator() const;

  // parse_primary.cpp
  ExprPtr primary();
  ExprPtr literal_or_name();
  ExprPtr word_primary();
  ExprPtr parenthesized();
  ExprPtr case_expression();
  ExprPtr cast_expression();
  ExprPtr convert_expression();
  ExprPtr interval_expression();
  ExprPtr extract_expression();
  ExprPtr substring_expression();
  ExprPtr trim_expression();
  ExprPtr position_expression();
  ExprPtr group_concat();
  ExprPtr inserted_value();
  ExprPtr array_expression();
  ExprPtr name_or_call();
  ExprPtr call(const std::string& name);
  void call_tail(Expr& call);
  std::unique_ptr<Window> window();
  std::unique_ptr<Window> named_window(const std::string& name);

  // parse_select.cpp
  SelectPtr whole_select();
  void find_windows();
  void pass_windows();
  void with_clause(Select& select);
  SelectPtr select_arms();
  SelectPtr select_arm();
  SelectPtr core();
  void select_items(Select& select);
  void order_and_limit(Select& select);
  void take_offset(Select& select);
  std::unique_ptr<FromItem> from_list();
  std::unique_ptr<FromItem> joined();
  std::unique_ptr<FromItem> from_primary();
  bool join_operator(JoinKind& kind, bool& natural);
  void join_condition(FromItem& join);
  std::string alias();
  bool at_select() const;

  Engine engine_;
  std::string text_;
  std::vector<Word> words_;
  std::size_t at_ = 0;
  std::map<std::string, std::size_t> windows_;  ///< Of the query that is read: where they stand.
};

ExprPtr make_expr(ExprKind kind, std::string text = {});

}  // namespace crossload::dialect
