#include "references.h"

#include <algorithm>
#include <array>

#include "crossload/base/strings.h"

#include "lexer.h"

namespace crossload::dialect {
namespace {

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& known) { return ascii_iequals(known, name); });
}

class ReferenceFinder {
 public:
  ReferenceFinder(Engine engine, std::string_view sql) {
    Lexer lexer(engine, sql);
    for (Token token = lexer.next(); token.kind != TokenKind::kEnd; token = lexer.next()) {
      tokens_.push_back(token);
    }
    find_common_tables();
  }

  std::vector<std::string> run() {
    for (at_ = 0; at_ < tokens_.size(); ++at_) see(tokens_[at_]);
    return std::move(found_);
  }

 private:
  /// One pair of parentheses.
  struct Level {
    bool in_from = false;       ///< A comma separates tables.
    bool expects_name = false;  ///< The next name is a table's.
  };

  const Token& token(std::size_t at) const {
    static const Token kNone;
    return at < tokens_.size() ? tokens_[at] : kNone;
  }
  template <std::size_t N>
  static bool is_one_of(const Token& token, const std::array<std::string_view, N>& words) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return token.is_word(word); });
  }
  static bool may_name_table(const Token& token) {
    return token.is_name() || token.kind == TokenKind::kString;
  }

  // name [(columns)] AS [NOT] [MATERIALIZED] ( behind WITH, RECURSIVE or a comma.
  void find_common_tables() {
    for (std::size_t i = 1; i < tokens_.size(); ++i) {
      const Token& before = tokens_[i - 1];
      if (!before.is_word("with") && !before.is_word("recursive") && !before.is_symbol(','))
        continue;
      if (!may_name_table(tokens_[i])) continue;
      std::size_t next = token(i + 1).is_symbol('(') ? behind_parentheses(i + 1) : i + 1;
      if (!token(next).is_word("as")) continue;
      ++next;
      if (token(next).is_word("not")) ++next;
      if (token(next).is_word("materialized")) ++next;
      if (token(next).is_symbol('(')) common_tables_.push_back(spelled_name(tokens_[i]));
    }
  }

  std::size_t behind_parentheses(std::size_t open) const {
    std::size_t depth = 0;
    for (std::size_t i = open; i < tokens_.size(); ++i) {
      if (tokens_[i].is_symbol('(')) ++depth;
      if (tokens_[i].is_symbol(')') && --depth == 0) return i + 1;
    }
    return tokens_.size();
  }

  void see(const Token& seen) {
    Level& level = levels_.back();
    if (seen.is_symbol('(')) {
      const bool of_tables = level.expects_name;
      level.expects_name = false;
      levels_.push_back({of_tables, of_tables});
    } else if (seen.is_symbol(')')) {
      if (levels_.size() > 1) levels_.pop_back();
    } else if (seen.kind == TokenKind::kDelimiter) {
      levels_.assign(1, Level{});
    } else if (seen.is_symbol(',')) {
      level.expects_name = level.in_from;
    } else if (level.expects_name && may_name_table(seen)) {
      see_name(seen, level);
    } else if (seen.kind == TokenKind::kWord) {
      see_word(seen, level);
    }
  }

  void see_name(const Token& seen, Level& level) {
    static constexpr auto kSubqueries =
        std::to_array<std::string_view>({"select", "values", "with"});
    static constexpr auto kNotYet = std::to_array<std::string_view>({"only", "lateral"});
    if (is_one_of(seen, kSubqueries)) {
      level = Level{};
    } else if (seen.is_word("or")) {
      ++at_;  // UPDATE OR IGNORE t
    } else if (!is_one_of(seen, kNotYet)) {
      while (token(at_ + 1).is_symbol('.') && may_name_table(token(at_ + 2))) at_ += 2;
      level.expects_name = false;
      add(spelled_name(tokens_[at_]));
    }
  }

  void see_word(const Token& seen, Level& level) {
    static constexpr auto kEnds = std::to_array<std::string_view>(
        {"where", "group", "order", "having", "limit", "window", "union", "except", "intersect",
         "select", "values", "set", "returning"});
    // CREATE TRIGGER ... UPDATE OF/ON, DO UPDATE SET.
    static constexpr auto kNoTable = std::to_array<std::string_view>({"of", "on", "set", "begin"});
    if (seen.is_word("from")) {
      const bool compares = at_ > 0 && tokens_[at_ - 1].is_word("distinct");
      if (!compares) level = {true, true};
    } else if (seen.is_word("join") || seen.is_word("into")) {
      level.expects_name = true;
    } else if (seen.is_word("update")) {
      level.expects_name = !is_one_of(token(at_ + 1), kNoTable);
    } else if (seen.is_word("in")) {
      level.expects_name = may_name_table(token(at_ + 1));
    } else if (is_one_of(seen, kEnds)) {
      level = Level{};
    }
  }

  void add(std::string name) {
    if (!contains(found_, name) && !contains(common_tables_, name)) {
      found_.push_back(std::move(name));
    }
  }

  std::vector<Token> tokens_;
  std::vector<std::string> common_tables_;
  std::vector<Level> levels_{Level{}};
  std::size_t at_ = 0;
  std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> referenced_tables(Engine engine, std::string_view sql) {
  return ReferenceFinder(engine, sql).run();
}

}  // namespace crossload::dialect
