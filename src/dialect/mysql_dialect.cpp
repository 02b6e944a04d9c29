#include <cmath>
#include <string>

#include "crossload/base/error.h"
#include "crossload/base/strings.h"

#include "body_tracker.h"
#include "classify.h"
#include "dialects.h"
#include "lexer.h"
#include "literal_text.h"
#include "split.h"

namespace crossload::dialect {
namespace {

// Only a constant with an exponent is a DOUBLE; 0.1 alone would be a DECIMAL.
std::string double_literal(double value) {
  if (!std::isfinite(value)) {
    throw Error(ErrorCode::kInvalidArgument, "MySQL has no " + format_double(value));
  }
  std::string digits = std::signbit(value) && value == 0 ? "-0" : format_double(value);
  if (digits.find('e') == std::string::npos) digits += "e0";
  return digits;
}

// What a backslash means depends on NO_BACKSLASH_ESCAPES; hex digits mean the same in every mode.
std::string text_literal(std::string_view text) {
  using namespace std::string_view_literals;
  if (text.find_first_of("\\\0\x1a"sv) == std::string_view::npos) {
    return doubled_quotes(text, '\'');
  }
  return "_utf8mb4 x'" + hex_text(text) + "'";
}

// True where the mysql client would cut the statement at a semicolon inside it.
bool holds_delimiter(std::string_view statement) {
  Lexer lexer(Engine::kMysql, statement);
  for (Token token = lexer.next(); token.kind != TokenKind::kEnd; token = lexer.next()) {
    if (token.kind == TokenKind::kDelimiter) return true;
  }
  return false;
}

// A delimiter that does not occur in the statement.
std::string free_delimiter(std::string_view statement) {
  std::string delimiter = ";;";
  while (statement.find(delimiter) != std::string_view::npos) delimiter += ';';
  return delimiter;
}

class MysqlDialect : public Dialect {
 public:
  Engine engine() const override { return Engine::kMysql; }
  using Dialect::quote;
  std::string quote(std::string_view identifier) const override {
    return quoted_identifier(identifier, '`');
  }
  std::string placeholder(std::size_t) const override { return "?"; }
  std::string literal(const Value& value) const override { return std::visit(Literal{}, value); }
  std::vector<SqlStatement> split(std::string_view script) const override {
    return split_script(engine(), script);
  }
  StatementClass classify(std::string_view statement) const override {
    return classify_statement(engine(), statement);
  }
  std::string terminated(std::string_view statement) const override {
    const std::string text = std::string(statement) + statement_end(engine(), statement);
    if (!holds_delimiter(statement)) return text + ";";
    const std::string delimiter = free_delimiter(statement);
    return "DELIMITER " + delimiter + "\n" + text + delimiter + "\nDELIMITER ;";
  }

 private:
  struct Literal {
    std::string operator()(std::monostate) const { return "NULL"; }
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(std::uint64_t value) const { return std::to_string(value); }
    std::string operator()(double value) const { return double_literal(value); }
    std::string operator()(const std::string& text) const { return text_literal(text); }
    std::string operator()(const Bytes& bytes) const { return "x'" + hex_text(bytes.data) + "'"; }
  };
};

}  // namespace

const Dialect& mysql_dialect() {
  static const MysqlDialect dialect;
  return dialect;
}

}  // namespace crossload::dialect
