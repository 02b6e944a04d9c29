#include "sql_text.h"

#include "crossload/base/strings.h"
#include "crossload/dialect/dialect.h"

namespace crossload::driver::postgres {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

struct TextOf {
  Parameter operator()(std::monostate) const { return std::nullopt; }
  Parameter operator()(std::int64_t value) const { return std::to_string(value); }
  Parameter operator()(std::uint64_t value) const { return std::to_string(value); }
  Parameter operator()(double value) const { return format_double(value); }
  Parameter operator()(const std::string& text) const { return text; }
  Parameter operator()(const Bytes& bytes) const {
    std::string text = "\\x";
    for (const char c : bytes.data) {
      const auto byte = static_cast<unsigned char>(c);
      text += {kHexDigits[byte >> 4U], kHexDigits[byte & 0x0FU]};
    }
    return text;
  }
};

}  // namespace

std::string quote(std::string_view identifier) {
  return dialect::dialect_for(Engine::kPostgres).quote(identifier);
}

std::string quoted_list(const std::vector<std::string>& names) {
  std::vector<std::string> quoted;
  for (const std::string& name : names) quoted.push_back(quote(name));
  return join(quoted, ", ");
}

std::string text_literal(std::string_view text) {
  return dialect::dialect_for(Engine::kPostgres).literal(std::string(text));
}

Parameter parameter_text(const Value& value) {
  return std::visit(TextOf{}, value);
}

std::string untyped_literal(const Value& value) {
  const Parameter text = parameter_text(value);
  return text ? text_literal(*text) : "NULL";
}

}  // namespace crossload::driver::postgres
