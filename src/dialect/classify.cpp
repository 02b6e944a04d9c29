#include "classify.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lexer.h"

namespace crossload::dialect {
namespace {

struct FirstWord {
  std::string_view word;
  StatementClass result;
};

// Words that decide by themselves; the others have a rule of their own in Classifier.
constexpr auto kFirstWords = std::to_array<FirstWord>({
    {"values", StatementClass::kRead},         {"table", StatementClass::kRead},
    {"show", StatementClass::kRead},           {"desc", StatementClass::kRead},
    {"describe", StatementClass::kRead},       {"help", StatementClass::kRead},
    {"insert", StatementClass::kWrite},        {"update", StatementClass::kWrite},
    {"replace", StatementClass::kWrite},       {"merge", StatementClass::kWrite},
    {"load", StatementClass::kWrite},          {"import", StatementClass::kWrite},
    {"truncate", StatementClass::kTruncate},   {"drop", StatementClass::kDrop},
    {"comment", StatementClass::kSchema},      {"reindex", StatementClass::kSchema},
    {"vacuum", StatementClass::kSchema},       {"rename", StatementClass::kSchema},
    {"cluster", StatementClass::kSchema},      {"refresh", StatementClass::kSchema},
    {"optimize", StatementClass::kSchema},     {"repair", StatementClass::kSchema},
    {"begin", StatementClass::kTransaction},   {"commit", StatementClass::kTransaction},
    {"end", StatementClass::kTransaction},     {"rollback", StatementClass::kTransaction},
    {"abort", StatementClass::kTransaction},   {"savepoint", StatementClass::kTransaction},
    {"release", StatementClass::kTransaction}, {"xa", StatementClass::kTransaction},
    {"set", StatementClass::kSession},         {"reset", StatementClass::kSession},
    {"discard", StatementClass::kSession},     {"pragma", StatementClass::kSession},
    {"attach", StatementClass::kSession},      {"detach", StatementClass::kSession},
    {"use", StatementClass::kSession},         {"lock", StatementClass::kSession},
    {"unlock", StatementClass::kSession},      {"deallocate", StatementClass::kSession},
    {"do", StatementClass::kDynamic},          {"call", StatementClass::kDynamic},
    {"execute", StatementClass::kDynamic},
});

// What a caller needs to be allowed for, from least to most.
int weight(StatementClass value) {
  switch (value) {
    case StatementClass::kRead:
      return 0;
    case StatementClass::kOther:
      return 1;
    case StatementClass::kTransaction:
      return 2;
    case StatementClass::kSession:
      return 3;
    case StatementClass::kWrite:
      return 4;
    case StatementClass::kSchema:
      return 5;
    case StatementClass::kTruncate:
      return 6;
    case StatementClass::kDrop:
      return 7;
    case StatementClass::kDynamic:
      return 8;
  }
  return 8;
}

StatementClass heavier(StatementClass a, StatementClass b) {
  return weight(a) < weight(b) ? b : a;
}

class Classifier {
 public:
  Classifier(Engine engine, std::string_view statement)
      : engine_(engine), lexer_(engine, statement) {
    step();
  }

  StatementClass run() {
    while (token_.is_symbol('(')) step();
    return by_first_word();
  }

 private:
  // Version comments are looked through. A parenthesis itself counts as outside.
  void step() {
    if (token_.is_symbol('(')) ++depth_;
    do {
      token_ = lexer_.next();
    } while (token_.kind == TokenKind::kSymbol && token_.text.size() > 1);
    if (token_.is_symbol(')')) --depth_;
  }
  bool done() const { return token_.kind == TokenKind::kEnd; }
  bool take(std::string_view word) {
    if (!token_.is_word(word)) return false;
    step();
    return true;
  }
  StatementClass by_first_word() {
    if (take("select")) return select();
    if (take("with")) return with();
    if (take("delete")) return deletion();
    if (take("alter")) return alteration();
    if (take("create")) return creation();
    if (take("explain")) return explanation();
    if (take("analyze") || take("analyse")) return analysis();
    if (take("copy")) return copy();
    if (take("prepare")) {
      return token_.is_word("transaction") ? StatementClass::kTransaction
                                           : StatementClass::kDynamic;
    }
    if (take("start")) {
      return token_.is_word("transaction") ? StatementClass::kTransaction : StatementClass::kOther;
    }
    // MariaDB's BEGIN NOT ATOMIC is a program, not a transaction.
    if (engine_ == Engine::kMysql && take("begin")) {
      return token_.is_word("not") ? StatementClass::kDynamic : StatementClass::kTransaction;
    }
    const auto* const found =
        std::find_if(kFirstWords.begin(), kFirstWords.end(),
                     [this](const FirstWord& first) { return token_.is_word(first.word); });
    return found == kFirstWords.end() ? StatementClass::kOther : found->result;
  }

  // SELECT INTO makes a table in PostgreSQL; in MySQL it writes a file or sets variables.
  StatementClass select() {
    if (engine_ == Engine::kSqlite) return StatementClass::kRead;
    for (; !done(); step()) {
      if (!take("into")) continue;
      if (engine_ == Engine::kPostgres) return StatementClass::kSchema;
      return token_.is_symbol('@') ? StatementClass::kSession : StatementClass::kOther;
    }
    return StatementClass::kRead;
  }

  // The main statement stands after the last common table expression, outside their parentheses;
  // PostgreSQL lets the expressions themselves change data.
  StatementClass with() {
    const int outside = depth_;
    StatementClass result = StatementClass::kRead;
    bool opened = false;
    while (!done()) {
      if (depth_ == outside && is_main_word()) return heavier(result, by_first_word());
      if (opened && token_.is_word("delete")) {
        step();
        result = heavier(result, deletion());
        opened = false;
        continue;
      }
      if (opened &&
          (token_.is_word("insert") || token_.is_word("update") || token_.is_word("merge"))) {
        result = heavier(result, StatementClass::kWrite);
      }
      opened = token_.is_symbol('(');
      step();
    }
    return result;
  }

  bool is_main_word() const {
    static constexpr auto kMainWords = std::to_array<std::string_view>(
        {"select", "values", "table", "insert", "update", "delete", "replace", "merge"});
    return std::any_of(kMainWords.begin(), kMainWords.end(),
                       [this](std::string_view word) { return token_.is_word(word); });
  }

  // A condition that names nothing (1, true, 1=1) holds for every row or for none.
  StatementClass deletion() {
    const int outside = depth_;
    bool in_condition = false;
    for (; !done() && depth_ >= outside; step()) {
      if (depth_ == outside && token_.is_word("where")) {
        in_condition = true;
      } else if (in_condition && depth_ == outside && is_after_condition()) {
        in_condition = false;
      } else if (in_condition && token_.is_name() && !is_constant_word()) {
        return finish_deletion(outside);
      }
    }
    return StatementClass::kTruncate;
  }

  StatementClass finish_deletion(int outside) {
    while (!done() && depth_ >= outside) step();
    return StatementClass::kWrite;
  }

  bool is_constant_word() const {
    static constexpr auto kConstants = std::to_array<std::string_view>(
        {"true", "false", "null", "not", "and", "or", "is", "between", "in", "like"});
    return std::any_of(kConstants.begin(), kConstants.end(),
                       [this](std::string_view word) { return token_.is_word(word); });
  }
  bool is_after_condition() const {
    static constexpr auto kAfter = std::to_array<std::string_view>({"order", "limit", "returning"});
    return std::any_of(kAfter.begin(), kAfter.end(),
                       [this](std::string_view word) { return token_.is_word(word); });
  }

  StatementClass alteration() {
    StatementClass result = StatementClass::kSchema;
    for (; !done(); step()) {
      if (token_.is_word("drop")) return StatementClass::kDrop;
      if (token_.is_word("truncate")) result = StatementClass::kTruncate;
    }
    return result;
  }

  // MariaDB's CREATE OR REPLACE TABLE drops the table that was there.
  StatementClass creation() {
    if (!take("or") || !take("replace")) return StatementClass::kSchema;
    take("temporary");
    return token_.is_word("table") ? StatementClass::kDrop : StatementClass::kSchema;
  }

  // Only EXPLAIN ANALYZE carries the statement out; SQLite has no such thing.
  StatementClass explanation() {
    if (engine_ == Engine::kSqlite) return StatementClass::kRead;
    bool analyzes = false;
    const int outside = depth_;
    for (; !done(); step()) {
      if (token_.is_word("analyze") || token_.is_word("analyse")) analyzes = true;
      if (depth_ == outside && (is_main_word() || token_.is_word("with") ||
                                token_.is_word("create") || token_.is_word("execute"))) {
        return analyzes ? by_first_word() : StatementClass::kRead;
      }
    }
    return StatementClass::kRead;
  }

  // ANALYZE gathers statistics; MariaDB's ANALYZE [FORMAT=JSON] DELETE ... carries the statement
  // out.
  StatementClass analysis() {
    if (engine_ != Engine::kMysql) return StatementClass::kSchema;
    if (take("format")) {
      step();
      step();
    }
    if (token_.is_word("table") || token_.is_word("local") ||
        token_.is_word("no_write_to_binlog")) {
      return StatementClass::kSchema;
    }
    return is_main_word() || token_.is_word("with") ? by_first_word() : StatementClass::kSchema;
  }

  StatementClass copy() {
    const int outside = depth_;
    while (!done() && (depth_ > outside || !(token_.is_word("from") || token_.is_word("to")))) {
      step();
    }
    const bool from = token_.is_word("from");
    step();
    if (token_.is_word("program")) return StatementClass::kDynamic;
    if (from) return StatementClass::kWrite;
    return token_.is_word("stdout") ? StatementClass::kRead : StatementClass::kOther;
  }

  Engine engine_;
  Lexer lexer_;
  Token token_;
  int depth_ = 0;
};

/// The tokens of a statement, version comments looked through.
std::vector<Token> tokens_of(Engine engine, std::string_view statement) {
  std::vector<Token> tokens;
  Lexer lexer(engine, statement);
  for (Token token = lexer.next(); token.kind != TokenKind::kEnd; token = lexer.next()) {
    if (token.kind != TokenKind::kSymbol || token.text.size() == 1) tokens.push_back(token);
  }
  return tokens;
}

class FileReach {
 public:
  FileReach(Engine engine, std::string_view statement)
      : engine_(engine), tokens_(tokens_of(engine, statement)) {}

  bool run() const {
    if (tokens_.empty()) return false;
    switch (engine_) {
      case Engine::kSqlite:
        return starts_with({"attach", "detach"}) || (starts_with({"vacuum"}) && has_word("into"));
      case Engine::kPostgres:
        return (starts_with({"copy"}) && copies_file()) || starts_with({"load"}) ||
               calls({"lo_import", "lo_export", "pg_read_file", "pg_read_binary_file", "pg_ls_dir",
                      "pg_stat_file"});
      case Engine::kMysql:
        return (starts_with({"load"}) && has_word("infile")) || starts_with({"import"}) ||
               has_word("outfile") || has_word("dumpfile") || calls({"load_file"});
    }
    return false;
  }

 private:
  using Words = std::initializer_list<std::string_view>;

  static bool is_one_of(const Token& token, Words words) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return token.is_word(word); });
  }
  bool starts_with(Words words) const { return is_one_of(tokens_.front(), words); }
  bool has_word(std::string_view word) const {
    return std::any_of(tokens_.begin(), tokens_.end(),
                       [&](const Token& token) { return token.is_word(word); });
  }
  bool calls(Words functions) const {
    for (std::size_t i = 0; i + 1 < tokens_.size(); ++i) {
      if (is_one_of(tokens_[i], functions) && tokens_[i + 1].is_symbol('(')) return true;
    }
    return false;
  }
  // COPY ... FROM or TO, outside parentheses: a file, PROGRAM, STDIN or STDOUT.
  bool copies_file() const {
    int depth = 0;
    for (std::size_t i = 0; i + 1 < tokens_.size(); ++i) {
      if (tokens_[i].is_symbol('(')) ++depth;
      if (tokens_[i].is_symbol(')')) --depth;
      if (depth == 0 && is_one_of(tokens_[i], {"from", "to"})) {
        return !is_one_of(tokens_[i + 1], {"stdin", "stdout"});
      }
    }
    return false;
  }

  Engine engine_;
  std::vector<Token> tokens_;
};

}  // namespace

bool reaches_server_files(Engine engine, std::string_view statement) {
  return FileReach(engine, statement).run();
}

std::optional<std::string> used_database(Engine engine, std::string_view statement) {
  if (engine != Engine::kMysql) return std::nullopt;
  const std::vector<Token> tokens = tokens_of(engine, statement);
  if (tokens.size() < 2 || !tokens[0].is_word("use") || !tokens[1].is_name()) return std::nullopt;
  return spelled_name(tokens[1]);
}

std::vector<std::string> qualifiers(Engine engine, std::string_view statement) {
  std::vector<std::string> names;
  const std::vector<Token> tokens = tokens_of(engine, statement);
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (tokens[i].is_name() && tokens[i + 1].is_symbol('.')) {
      names.push_back(spelled_name(tokens[i]));
    }
  }
  return names;
}

StatementClass classify_statement(Engine engine, std::string_view statement) {
  return Classifier(engine, statement).run();
}

}  // namespace crossload::dialect
