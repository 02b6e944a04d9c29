#include <cmath>
#include <limits>

#include "crossload/base/error.h"
#include "crossload/base/strings.h"

#include "classify.h"
#include "dialects.h"
#include "literal_text.h"
#include "split.h"

namespace crossload::dialect {
namespace {

// Without the cast a constant would be numeric, which has no negative zero.
std::string double_literal(double value) {
  const std::string digits = std::signbit(value) && value == 0 ? "-0" : format_double(value);
  return "'" + digits + "'::float8";
}

// A bare minus sign would make this one numeric: its digits alone pass bigint.
std::string int64_literal(std::int64_t value) {
  if (value == std::numeric_limits<std::int64_t>::min()) {
    return "'" + std::to_string(value) + "'::bigint";
  }
  return std::to_string(value);
}

// E'' means the same whatever standard_conforming_strings is.
std::string text_literal(std::string_view text) {
  if (text.find('\0') != std::string_view::npos) {
    throw Error(ErrorCode::kInvalidArgument, "PostgreSQL text cannot hold a NUL character");
  }
  if (text.find('\\') == std::string_view::npos) return doubled_quotes(text, '\'');
  std::string escaped;
  escaped.reserve(text.size() + 8);
  for (const char c : text) {
    if (c == '\\') escaped += c;
    escaped += c;
  }
  return "E" + doubled_quotes(escaped, '\'');
}

class PostgresDialect : public Dialect {
 public:
  Engine engine() const override { return Engine::kPostgres; }
  using Dialect::quote;
  std::string quote(std::string_view identifier) const override {
    return quoted_identifier(identifier, '"');
  }
  std::string placeholder(std::size_t n) const override { return "$" + std::to_string(n); }
  std::string literal(const Value& value) const override { return std::visit(Literal{}, value); }
  std::vector<SqlStatement> split(std::string_view script) const override {
    return split_script(engine(), script);
  }
  StatementClass classify(std::string_view statement) const override {
    return classify_statement(engine(), statement);
  }
  std::string terminated(std::string_view statement) const override {
    return std::string(statement) + statement_end(engine(), statement) + ";";
  }

 private:
  struct Literal {
    std::string operator()(std::monostate) const { return "NULL"; }
    std::string operator()(std::int64_t value) const { return int64_literal(value); }
    std::string operator()(std::uint64_t value) const { return std::to_string(value); }
    std::string operator()(double value) const { return double_literal(value); }
    std::string operator()(const std::string& text) const { return text_literal(text); }
    std::string operator()(const Bytes& bytes) const {
      return "E'\\\\x" + hex_text(bytes.data) + "'::bytea";
    }
  };
};

}  // namespace

const Dialect& postgres_dialect() {
  static const PostgresDialect dialect;
  return dialect;
}

}  // namespace crossload::dialect
