#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

#include "crossload/base/error.h"

#include "classify.h"
#include "dialects.h"
#include "lexer.h"
#include "literal_text.h"
#include "split.h"

namespace crossload::dialect {
namespace {

std::string integer_text(double whole) {
  return std::to_string(static_cast<std::int64_t>(whole)) + ".0";
}

// SQLite's own reading of decimal fractions may miss by one unit in the last place (3.40: about one
// value in four thousand), so that a double is written as an integer of at most 53 bits times or
// over powers of two, which IEEE arithmetic computes without rounding.
std::string exact_double(double value) {
  constexpr int kMantissaBits = std::numeric_limits<double>::digits;
  constexpr int kMaxShift = 62;
  int exponent = 0;
  double mantissa = std::ldexp(std::frexp(value, &exponent), kMantissaBits);
  exponent -= kMantissaBits;
  while (exponent < 0 && std::fmod(mantissa, 2.0) == 0.0) {
    mantissa /= 2.0;
    ++exponent;
  }
  while (exponent > 0 && exponent <= kMaxShift - kMantissaBits) {
    mantissa *= 2.0;
    --exponent;
  }
  std::string text = integer_text(mantissa);
  if (exponent == 0) return text;
  const char* const sign = exponent < 0 ? "/" : "*";
  for (int left = std::abs(exponent); left > 0; left -= kMaxShift) {
    text += sign + integer_text(std::ldexp(1.0, std::min(left, kMaxShift)));
  }
  return "(" + text + ")";
}

std::string double_literal(double value) {
  if (std::isnan(value)) {
    throw Error(ErrorCode::kInvalidArgument, "SQLite has no NaN: it would become NULL");
  }
  if (std::isinf(value)) return value < 0 ? "-9e999" : "9e999";
  if (value == 0) return std::signbit(value) ? "-0.0" : "0.0";
  return exact_double(value);
}

std::string uint64_literal(std::uint64_t value) {
  if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
    throw Error(ErrorCode::kInvalidArgument,
                "SQLite has no integer as large as " + std::to_string(value));
  }
  return std::to_string(value);
}

// SQL text ends at a NUL; char(0) gives the character itself, whatever the database's encoding.
std::string text_literal(const std::string& text) {
  std::size_t nul = text.find('\0');
  if (nul == std::string::npos) return doubled_quotes(text, '\'');
  std::string result = "(";
  std::size_t begin = 0;
  for (; nul != std::string::npos; nul = text.find('\0', begin)) {
    if (nul > begin) result += doubled_quotes(text.substr(begin, nul - begin), '\'') + "||";
    result += "char(0)||";
    begin = nul + 1;
  }
  return result + doubled_quotes(text.substr(begin), '\'') + ")";
}

class SqliteDialect : public Dialect {
 public:
  Engine engine() const override { return Engine::kSqlite; }
  using Dialect::quote;
  std::string quote(std::string_view identifier) const override {
    return quoted_identifier(identifier, '"');
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
    return std::string(statement) + statement_end(engine(), statement) + ";";
  }

 private:
  struct Literal {
    std::string operator()(std::monostate) const { return "NULL"; }
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(std::uint64_t value) const { return uint64_literal(value); }
    std::string operator()(double value) const { return double_literal(value); }
    std::string operator()(const std::string& text) const { return text_literal(text); }
    std::string operator()(const Bytes& bytes) const { return "x'" + hex_text(bytes.data) + "'"; }
  };
};

}  // namespace

const Dialect& sqlite_dialect() {
  static const SqliteDialect dialect;
  return dialect;
}

}  // namespace crossload::dialect
