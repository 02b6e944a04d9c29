#include "body_tracker.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace crossload::dialect {
namespace {

template <std::size_t N>
bool is_one_of(const Token& token, const std::array<std::string_view, N>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return token.is_word(word); });
}

// CREATE TRIGGER ends at "; END ;" and nowhere else: CASE ... END has no semicolon before its END.
class SqliteTracker : public BodyTracker {
 public:
  void see(const Token& token) override {
    const bool delimiter = token.kind == TokenKind::kDelimiter;
    switch (state_) {
      case State::kStart:
        if (!token.is_word("explain") && !token.is_word("query") && !token.is_word("plan")) {
          state_ = token.is_word("create") ? State::kCreate : State::kPlain;
        }
        return;
      case State::kCreate:
        if (!token.is_word("temp") && !token.is_word("temporary")) {
          state_ = token.is_word("trigger") ? State::kHead : State::kPlain;
        }
        return;
      case State::kHead:
        if (token.is_word("begin")) state_ = State::kBody;
        return;
      case State::kBody:
        if (delimiter) state_ = State::kAfterSemicolon;
        return;
      case State::kAfterSemicolon:
        if (!delimiter) state_ = token.is_word("end") ? State::kAfterEnd : State::kBody;
        return;
      case State::kAfterEnd:
        state_ = State::kBody;
        return;
      case State::kPlain:
        return;
    }
  }
  bool inside_body() const override {
    return state_ == State::kBody || state_ == State::kAfterSemicolon;
  }

 private:
  enum class State { kStart, kCreate, kPlain, kHead, kBody, kAfterSemicolon, kAfterEnd };
  State state_ = State::kStart;
};

// Semicolons stand in the parentheses of CREATE RULE ... DO (a; b) and in SQL-standard routine
// bodies (BEGIN ATOMIC ... END).
class PostgresTracker : public BodyTracker {
 public:
  void see(const Token& token) override {
    if (token.is_symbol('(')) ++parentheses_;
    if (token.is_symbol(')') && parentheses_ > 0) --parentheses_;
    if (token.kind == TokenKind::kWord) see_word(token);
    ++tokens_;
    after_begin_ = token.is_word("begin");
  }
  bool inside_body() const override { return parentheses_ > 0 || blocks_ > 0; }

 private:
  void see_word(const Token& token) {
    if (tokens_ == 0) {
      creates_ = token.is_word("create");
    } else if (tokens_ <= 3 && (token.is_word("function") || token.is_word("procedure"))) {
      routine_ = creates_;
    } else if (routine_ && blocks_ == 0) {
      if (after_begin_ && token.is_word("atomic")) blocks_ = 1;
    } else if (blocks_ > 0) {
      if (token.is_word("begin") || token.is_word("case")) ++blocks_;
      if (token.is_word("end")) --blocks_;
    }
  }

  std::size_t tokens_ = 0;
  std::size_t parentheses_ = 0;
  std::size_t blocks_ = 0;
  bool creates_ = false;
  bool routine_ = false;
  bool after_begin_ = false;
};

// Stored programs given without DELIMITER. The client program would cut them at their first
// semicolon; a statement that came over a protocol has no client program to ask for.
class MysqlTracker : public BodyTracker {
 public:
  void see(const Token& token) override {
    if (token.kind == TokenKind::kSymbol && token.text.size() > 1) return;
    switch (state_) {
      case State::kStart:
        see_first(token);
        break;
      case State::kCreate:
        see_kind(token);
        break;
      case State::kProgram:
        see_body(token);
        break;
      case State::kPlain:
        break;
    }
    previous_ = token;
  }
  bool inside_body() const override { return !open_.empty(); }

 private:
  enum class State { kStart, kCreate, kProgram, kPlain };
  enum class Block { kStatement, kCaseExpression };

  void see_first(const Token& token) {
    if (token.is_word("create") || token.is_word("alter")) {
      state_ = State::kCreate;
    } else if (token.is_word("begin")) {
      state_ = State::kCreate;  // MariaDB: BEGIN NOT ATOMIC.
    } else {
      state_ = State::kPlain;
    }
  }

  void see_kind(const Token& token) {
    static constexpr std::array<std::string_view, 5> kPrograms = {"trigger", "procedure",
                                                                  "function", "event", "package"};
    static constexpr std::array<std::string_view, 12> kOthers = {
        "table", "view",   "index",  "database", "schema",   "user",
        "role",  "server", "unique", "fulltext", "sequence", "temporary"};
    if (previous_.is_word("begin")) {
      state_ = token.is_word("not") ? State::kProgram : State::kPlain;
      if (state_ == State::kProgram) open_.push_back(Block::kStatement);
    } else if (is_one_of(token, kPrograms)) {
      state_ = State::kProgram;
    } else if (is_one_of(token, kOthers)) {
      state_ = State::kPlain;
    }
  }

  void see_body(const Token& token) {
    static constexpr std::array<std::string_view, 4> kOpeners = {"if", "loop", "repeat", "while"};
    if (pending_repeat_) {
      // REPEAT(x, n) is the function.
      pending_repeat_ = false;
      if (!token.is_symbol('(')) open_.push_back(Block::kStatement);
    }
    if (token.is_word("end")) {
      if (!open_.empty()) open_.pop_back();
    } else if (previous_.is_word("end") && (is_one_of(token, kOpeners) || token.is_word("case"))) {
      return;
    } else if (token.is_word("begin")) {
      open_.push_back(Block::kStatement);
    } else if (token.is_word("case")) {
      open_.push_back(at_statement_start() ? Block::kStatement : Block::kCaseExpression);
    } else if (is_one_of(token, kOpeners) && at_statement_start()) {
      if (token.is_word("repeat")) {
        pending_repeat_ = true;
      } else {
        open_.push_back(Block::kStatement);
      }
    }
  }

  bool at_statement_start() const {
    static constexpr std::array<std::string_view, 13> kBefore = {
        "begin", "then",   "else",          "do",      "loop",   "repeat", "row", "data",
        "sql",   "atomic", "deterministic", "invoker", "definer"};
    if (!open_.empty() && open_.back() == Block::kCaseExpression) return false;
    return previous_.kind == TokenKind::kDelimiter || previous_.is_symbol(':') ||
           previous_.is_symbol(')') || is_one_of(previous_, kBefore);
  }

  State state_ = State::kStart;
  Token previous_;
  std::vector<Block> open_;
  bool pending_repeat_ = false;
};

}  // namespace

std::unique_ptr<BodyTracker> make_body_tracker(Engine engine) {
  switch (engine) {
    case Engine::kSqlite:
      return std::make_unique<SqliteTracker>();
    case Engine::kPostgres:
      return std::make_unique<PostgresTracker>();
    case Engine::kMysql:
      return std::make_unique<MysqlTracker>();
  }
  return nullptr;
}

}  // namespace crossload::dialect
