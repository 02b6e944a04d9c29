#include "split.h"

#include <memory>
#include <string>

#include "crossload/base/strings.h"

#include "body_tracker.h"
#include "lexer.h"

namespace crossload::dialect {
namespace {

class Splitter {
 public:
  Splitter(Engine engine, std::string_view script)
      : engine_(engine), script_(script), lexer_(engine, script) {}

  std::vector<SqlStatement> run() {
    for (Token token = lexer_.next(); token.kind != TokenKind::kEnd; token = lexer_.next()) {
      if (token.kind == TokenKind::kDelimiter && !inside_body()) {
        finish(token.offset);
      } else if (!tracker_ && changes_delimiter(token)) {
        take_delimiter();
      } else {
        take(token);
      }
    }
    finish(script_.size());
    return std::move(statements_);
  }

 private:
  bool inside_body() const { return tracker_ && !own_delimiter_ && tracker_->inside_body(); }

  bool changes_delimiter(const Token& token) const {
    return engine_ == Engine::kMysql && token.is_word("delimiter");
  }

  void take_delimiter() {
    std::string_view word = trim(lexer_.take_line());
    word = word.substr(0, word.find_first_of(" \t"));
    if (word.empty()) return;
    own_delimiter_ = word != ";";
    lexer_.set_delimiter(std::string(word));
  }

  void take(const Token& token) {
    if (!tracker_) {
      tracker_ = make_body_tracker(engine_);
      begin_ = token.offset;
      line_ = token.line;
      creates_ = token.is_word("create");
    }
    tracker_->see(token);
  }

  void finish(std::size_t end) {
    if (!tracker_) return;
    tracker_.reset();
    const std::string_view text = script_.substr(begin_, end - begin_);
    // sqlite_schema keeps the blanks before the semicolon of CREATE INDEX.
    const bool exact = engine_ == Engine::kSqlite && creates_ && end < script_.size();
    statements_.push_back({std::string(exact ? text : trim(text)), line_});
  }

  Engine engine_;
  std::string_view script_;
  Lexer lexer_;
  bool own_delimiter_ = false;
  std::unique_ptr<BodyTracker> tracker_;  ///< Of the statement being read; null between two.
  std::size_t begin_ = 0;
  std::size_t line_ = 1;
  bool creates_ = false;
  std::vector<SqlStatement> statements_;
};

}  // namespace

std::vector<SqlStatement> split_script(Engine engine, std::string_view script) {
  return Splitter(engine, script).run();
}

}  // namespace crossload::dialect
