// Operators by precedence. Where engines differ about an order without brackets, the text is
// refused rather than read the wrong way.

#include <algorithm>
#include <array>
#include <utility>

#include "crossload/base/error.h"

#include "sql_parser.h"

namespace crossload::dialect {
namespace {

ExprPtr binary(std::string op, ExprPtr left, ExprPtr right) {
  ExprPtr made = make_expr(ExprKind::kBinary, std::move(op));
  made->args.push_back(std::move(left));
  made->args.push_back(std::move(right));
  return made;
}

}  // namespace

ExprPtr make_expr(ExprKind kind, std::string text) {
  auto made = std::make_unique<Expr>();
  made->kind = kind;
  made->text = std::move(text);
  return made;
}

SqlParser::SqlParser(Engine engine, std::string_view sql)
    : engine_(engine), text_(sql), words_(read_words(engine, text_)) {}

const Word& SqlParser::word(std::size_t ahead) const {
  return words_[std::min(at_ + ahead, words_.size() - 1)];
}

bool SqlParser::at_word(std::string_view lower, std::size_t ahead) const {
  return word(ahead).kind == WordKind::kWord && word(ahead).lower == lower;
}

bool SqlParser::at_symbol(std::string_view symbol, std::size_t ahead) const {
  return word(ahead).kind == WordKind::kSymbol && word(ahead).text == symbol;
}

bool SqlParser::take_word(std::string_view lower) {
  if (!at_word(lower)) return false;
  ++at_;
  return true;
}

bool SqlParser::take_words(std::initializer_list<std::string_view> lower) {
  std::size_t ahead = 0;
  for (const std::string_view each : lower) {
    if (!at_word(each, ahead++)) return false;
  }
  at_ += lower.size();
  return true;
}

bool SqlParser::take_symbol(std::string_view symbol) {
  if (!at_symbol(symbol)) return false;
  ++at_;
  return true;
}

void SqlParser::refuse(const std::string& construct) const {
  throw Error(ErrorCode::kSchemaCopyFailed, construct);
}

void SqlParser::refuse_word() const {
  refuse(at_end() ? "the end of the text where more was expected" : "\"" + word().text + "\"");
}

void SqlParser::expect_word(std::string_view lower) {
  if (!take_word(lower)) refuse_word();
}

void SqlParser::expect_symbol(std::string_view symbol) {
  if (!take_symbol(symbol)) refuse_word();
}

std::string SqlParser::expect_name() {
  const bool is_name = word().kind == WordKind::kWord || word().kind == WordKind::kName ||
                       (word().kind == WordKind::kString && engine_ != Engine::kPostgres);
  if (!is_name) refuse_word();
  std::string name = word().text;
  // PostgreSQL folds bare names.
  if (engine_ == Engine::kPostgres && word().kind == WordKind::kWord) name = word().lower;
  ++at_;
  return name;
}

void SqlParser::expect_end() {
  take_symbol(";");
  if (!at_end()) refuse_word();
}

std::string_view SqlParser::text_between(std::size_t from, std::size_t to) const {
  if (from >= to) return {};
  return std::string_view(text_).substr(words_[from].begin,
                                        words_[to - 1].end - words_[from].begin);
}

ExprPtr SqlParser::expression() {
  ExprPtr left = conjunction();
  for (;;) {
    const bool is_or = at_word("or") || (engine_ == Engine::kMysql && at_symbol("||"));
    if (at_word("xor")) refuse("XOR");
    if (!is_or) return left;
    ++at_;
    left = binary("OR", std::move(left), conjunction());
  }
}

ExprPtr SqlParser::conjunction() {
  ExprPtr left = negation();
  for (;;) {
    const bool is_and = at_word("and") || (engine_ == Engine::kMysql && at_symbol("&&"));
    if (!is_and) return left;
    ++at_;
    left = binary("AND", std::move(left), negation());
  }
}

ExprPtr SqlParser::negation() {
  if (at_word("not") && !at_word("exists", 1)) {
    ++at_;
    ExprPtr made = make_expr(ExprKind::kUnary, "NOT");
    made->args.push_back(negation());
    return made;
  }
  return predicate();
}

/// One comparison; a second one without brackets binds differently from engine to engine.
ExprPtr SqlParser::predicate() {
  ExprPtr left = other_operators();
  int tails = 0;
  while (predicate_tail(left)) {
    if (++tails > 1 && left->kind != ExprKind::kIs) refuse("comparisons in a row without brackets");
  }
  return left;
}

bool SqlParser::predicate_tail(ExprPtr& left) {
  if (comparison_tail(left) || is_tail(left)) return true;
  const bool negated = at_word("not");
  const std::size_t next = negated ? 1 : 0;
  if (at_word("in", next)) {
    at_ += next + 1;
    left = in_tail(std::move(left), negated);
  } else if (at_word("between", next)) {
    at_ += next + 1;
    left = between_tail(std::move(left), negated);
  } else if (at_word("null", next) && negated && engine_ == Engine::kSqlite) {
    at_ += 2;
    ExprPtr made = make_expr(ExprKind::kIs, "NULL");
    made->negated = true;
    made->args.push_back(std::move(left));
    left = std::move(made);
  } else {
    for (const auto& [spelled, kind] :
         std::to_array<std::pair<std::string_view, std::string_view>>({{"like", "LIKE"},
                                                                       {"ilike", "ILIKE"},
                                                                       {"glob", "GLOB"},
                                                                       {"regexp", "REGEXP"},
                                                                       {"rlike", "REGEXP"}})) {
      if (!at_word(spelled, next)) continue;
      at_ += next + 1;
      left = like_tail(std::move(left), negated, kind);
      return true;
    }
    if (at_word("similar", next) || at_word("match", next) || at_word("sounds", next) ||
        at_word("member", next)) {
      refuse(word(next).text);
    }
    return false;
  }
  return true;
}

bool SqlParser::is_tail(ExprPtr& left) {
  ExprPtr made = make_expr(ExprKind::kIs);
  if (take_word("isnull")) {
    made->text = "NULL";
  } else if (take_word("notnull")) {
    made->text = "NULL";
    made->negated = true;
  } else if (take_word("is")) {
    made->negated = take_word("not");
    if (take_word("null") || take_word("unknown")) {
      made->text = "NULL";
    } else if (at_word("true") || at_word("false")) {
      made->text = at_word("true") ? "TRUE" : "FALSE";
      ++at_;
    } else {
      if (take_words({"distinct", "from"})) {
        made->negated = !made->negated;
      } else if (engine_ != Engine::kSqlite) {
        refuse_word();
      }
      // What it says is "not distinct", so that `negated` reads alike for IS and IS DISTINCT.
      made->text = "DISTINCT";
      made->args.push_back(std::move(left));
      made->args.push_back(other_operators());
      left = std::move(made);
      return true;
    }
  } else {
    return false;
  }
  made->args.push_back(std::move(left));
  left = std::move(made);
  return true;
}

bool SqlParser::comparison_tail(ExprPtr& left) {
  if (word().kind != WordKind::kSymbol) return false;
  const std::string op = word().text;
  if (op == "=" || op == "==" || op == "<>" || op == "!=" || op == "<" || op == "<=" || op == ">" ||
      op == ">=") {
    ++at_;
    const std::string plain = op == "==" ? "=" : op == "!=" ? "<>" : op;
    if (at_word("any") || at_word("some") || at_word("all")) {
      left = quantified(std::move(left), plain);
    } else {
      left = binary(plain, std::move(left), other_operators());
    }
    return true;
  }
  if (op == "<=>" && engine_ == Engine::kMysql) {
    ++at_;
    ExprPtr made = make_expr(ExprKind::kIs, "DISTINCT");
    made->args.push_back(std::move(left));
    made->args.push_back(other_operators());
    left = std::move(made);
    return true;
  }
  if (engine_ != Engine::kPostgres) return false;
  const bool negated = op.starts_with('!');
  const std::string bare = negated ? op.substr(1) : op;
  const std::string kind = bare == "~~"    ? "LIKE"
                           : bare == "~~*" ? "ILIKE"
                           : bare == "~"   ? "REGEXP"
                           : bare == "~*"  ? "IREGEXP"
                                           : "";
  if (kind.empty()) return false;
  ++at_;
  if (at_word("any") || at_word("some") || at_word("all")) refuse(op + " " + word().text);
  left = like_tail(std::move(left), negated, kind);
  return true;
}

/// = ANY (ARRAY[...]) is IN, <> ALL (ARRAY[...]) is NOT IN; so are those of a query.
ExprPtr SqlParser::quantified(ExprPtr left, const std::string& op) {
  const bool all = at_word("all");
  const bool fits = (op == "=" && !all) || (op == "<>" && all);
  if (!fits) refuse(op + " " + word().text);
  ++at_;
  ExprPtr made = make_expr(ExprKind::kIn);
  made->negated = all;
  made->args.push_back(std::move(left));
  expect_symbol("(");
  if (at_select()) {
    made->select = select();
  } else {
    ExprPtr list = expression();
    while (list->kind == ExprKind::kCast && list->args[0]->kind != ExprKind::kString) {
      ExprPtr inner = std::move(list->args[0]);
      list = std::move(inner);
    }
    if (list->kind != ExprKind::kArray || list->args.empty()) refuse(all ? "ALL" : "ANY");
    for (ExprPtr& each : list->args) made->args.push_back(std::move(each));
  }
  expect_symbol(")");
  return made;
}

ExprPtr SqlParser::in_tail(ExprPtr left, bool negated) {
  ExprPtr made = make_expr(ExprKind::kIn);
  made->negated = negated;
  made->args.push_back(std::move(left));
  if (!at_symbol("(")) refuse("IN without a list");
  expect_symbol("(");
  if (at_select()) {
    made->select = select();
  } else {
    if (at_symbol(")")) refuse("IN with an empty list");
    do {
      made->args.push_back(expression());
    } while (take_symbol(","));
  }
  expect_symbol(")");
  return made;
}

ExprPtr SqlParser::between_tail(ExprPtr left, bool negated) {
  if (at_word("symmetric")) refuse("BETWEEN SYMMETRIC");
  ExprPtr made = make_expr(ExprKind::kBetween);
  made->negated = negated;
  made->args.push_back(std::move(left));
  made->args.push_back(other_operators());
  expect_word("and");
  made->args.push_back(other_operators());
  return made;
}

ExprPtr SqlParser::like_tail(ExprPtr left, bool negated, std::string_view kind) {
  if (at_word("binary")) refuse("LIKE BINARY");
  ExprPtr made = make_expr(ExprKind::kLike, std::string(kind));
  made->negated = negated;
  made->args.push_back(std::move(left));
  made->args.push_back(other_operators());
  if (take_word("escape")) made->args.push_back(other_operators());
  return made;
}

/// PostgreSQL's operators between comparison and +; bits and shifts of the others.
std::string SqlParser::other_operator() const {
  if (word().kind != WordKind::kSymbol) return "";
  static constexpr auto kBits = std::to_array<std::string_view>({"&", "|", "<<", ">>"});
  const std::string& op = word().text;
  if (std::find(kBits.begin(), kBits.end(), op) != kBits.end()) return op;
  if (engine_ != Engine::kPostgres) return "";
  static constexpr auto kPostgres = std::to_array<std::string_view>(
      {"||", "->", "->>", "#>", "#>>", "@>", "<@", "#", "&&", "?", "?|", "?&", "@@", "<->"});
  return std::find(kPostgres.begin(), kPostgres.end(), op) != kPostgres.end() ? op : "";
}

ExprPtr SqlParser::other_operators() {
  ExprPtr left = sum();
  std::string before;
  for (std::string op = other_operator(); !op.empty(); op = other_operator()) {
    // In PostgreSQL they are of one rank; the bits of the others are not.
    if (engine_ != Engine::kPostgres && !before.empty() && before != op) {
      refuse("operators " + before + " and " + op + " in a row without brackets");
    }
    ++at_;
    left = binary(op, std::move(left), sum());
    before = op;
  }
  return left;
}

ExprPtr SqlParser::sum() {
  ExprPtr left = product();
  while (at_symbol("+") || at_symbol("-")) {
    const std::string op = word().text;
    ++at_;
    left = binary(op, std::move(left), product());
  }
  return left;
}

ExprPtr SqlParser::product() {
  ExprPtr left = concatenation();
  for (;;) {
    std::string op;
    if (at_symbol("*") || at_symbol("/") || at_symbol("%")) op = word().text;
    if (engine_ == Engine::kMysql && at_word("div")) op = "DIV";
    if (engine_ == Engine::kMysql && at_word("mod")) op = "%";
    if (at_symbol("^")) refuse("the operator ^");
    if (op.empty()) return left;
    ++at_;
    left = binary(op, std::move(left), concatenation());
  }
}

/// SQLite's || and -> bind tighter than *.
ExprPtr SqlParser::concatenation() {
  ExprPtr left = unary();
  if (engine_ != Engine::kSqlite) return left;
  while (at_symbol("||") || at_symbol("->") || at_symbol("->>")) {
    const std::string op = word().text;
    ++at_;
    left = binary(op, std::move(left), unary());
  }
  return left;
}

ExprPtr SqlParser::unary() {
  if (at_symbol("-") || at_symbol("+") || at_symbol("~")) {
    ExprPtr made = make_expr(ExprKind::kUnary, word().text);
    ++at_;
    made->args.push_back(unary());
    return made;
  }
  if (at_symbol("!") && engine_ == Engine::kMysql) {
    ++at_;
    ExprPtr made = make_expr(ExprKind::kUnary, "NOT");
    made->args.push_back(unary());
    return made;
  }
  return postfix();
}

ExprPtr SqlParser::postfix() {
  ExprPtr value = primary();
  for (;;) {
    if (take_word("collate")) {
      ExprPtr made = make_expr(ExprKind::kCollate, expect_name());
      if (take_symbol(".")) made->text = expect_name();
      made->args.push_back(std::move(value));
      value = std::move(made);
    } else if (engine_ == Engine::kPostgres && take_symbol("::")) {
      ExprPtr made = make_expr(ExprKind::kCast);
      made->type = cast_type();
      made->args.push_back(std::move(value));
      value = std::move(made);
    } else if (engine_ == Engine::kPostgres && take_words({"at", "time", "zone"})) {
      ExprPtr made = make_expr(ExprKind::kCall, "timezone");
      made->args.push_back(primary());
      made->args.push_back(std::move(value));
      value = std::move(made);
    } else if (engine_ == Engine::kPostgres && at_symbol("[")) {
      refuse("an element of an array");
    } else if (engine_ == Engine::kMysql && (at_symbol("->") || at_symbol("->>"))) {
      const std::string op = word().text;
      ++at_;
      value = binary(op, std::move(value), primary());
    } else {
      return value;
    }
  }
}

}  // namespace crossload::dialect
