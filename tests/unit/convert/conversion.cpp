#include "conversion.h"

#include <utility>

#include <gtest/gtest.h>

#include "crossload/base/error.h"
#include "crossload/base/strings.h"

namespace crossload::convert {
namespace {

std::string hex(const std::string& bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const char byte : bytes) {
    text += kDigits[static_cast<unsigned char>(byte) >> 4];
    text += kDigits[static_cast<unsigned char>(byte) & 0xFU];
  }
  return text;
}

struct Spelling {
  std::string operator()(std::monostate) const { return "NULL"; }
  std::string operator()(std::int64_t value) const { return "i:" + std::to_string(value); }
  std::string operator()(std::uint64_t value) const { return "u:" + std::to_string(value); }
  std::string operator()(double value) const { return "d:" + format_double(value); }
  std::string operator()(const std::string& text) const { return "t:" + text; }
  std::string operator()(const Bytes& bytes) const { return "b:" + hex(bytes.data); }
};

}  // namespace

TypeOf::TypeOf(Engine side, TypeKind kind, const std::string& declared) {
  engine = side;
  column.name = "c";
  column.type.kind = kind;
  column.type.declared = declared;
}

TypeOf& TypeOf::length(std::int64_t value) {
  column.type.length = value;
  return *this;
}

TypeOf& TypeOf::digits(int precision, std::optional<int> scale) {
  column.type.precision = precision;
  column.type.scale = scale;
  return *this;
}

TypeOf& TypeOf::bits(int value, bool is_unsigned) {
  column.type.bits = value;
  column.type.is_unsigned = is_unsigned;
  return *this;
}

TypeOf& TypeOf::labels(std::vector<std::string> value) {
  column.type.labels = std::move(value);
  return *this;
}

TypeOf& TypeOf::charset(const std::string& value) {
  column.type.charset = value;
  return *this;
}

TypeOf& TypeOf::element(TypeKind value) {
  column.type.element = value;
  return *this;
}

TypeOf& TypeOf::not_null() {
  column.nullable = false;
  return *this;
}

TypeOf& TypeOf::strict() {
  strict_table = true;
  return *this;
}

TypeOf P(TypeKind kind, const std::string& declared) {
  return {Engine::kPostgres, kind, declared};
}

TypeOf M(TypeKind kind, const std::string& declared) {
  return {Engine::kMysql, kind, declared};
}

TypeOf S(const std::string& declared) {
  return {Engine::kSqlite, TypeKind::kDynamic, declared};
}

void check(const std::vector<Case>& cases) {
  for (const Case& one : cases) {
    EXPECT_EQ(converted(one.from, one.to, one.in, one.rules), one.out) << one.name;
  }
}

std::string spelled(const Value& value) {
  return std::visit(Spelling{}, value);
}

std::string converted(const Side& from, const Side& to, const Value& value,
                      const ColumnRules& rules) {
  // Rows with other values around it, so that a conversion that mixes rows up is seen.
  RowBatch batch;
  batch.reset(2);
  for (int row = 0; row < 3; ++row) {
    batch.append_int64(0, row);
    if (row == 1) {
      batch.append(1, value);
    } else {
      batch.append_null(1);
    }
    batch.end_row();
  }
  std::unique_ptr<Converter> converter;
  try {
    converter = make_converter(from, to, rules);
  } catch (const Error& error) {
    return "!" + std::string(to_string(error.code()));
  }
  if (!converter) return spelled(batch.value(1, 1));
  std::vector<Fault> faults;
  const std::size_t added = batch.add_column();
  converter->convert(batch, 1, added, faults);
  std::erase_if(faults, [](const Fault& fault) { return fault.row != 1; });
  if (faults.empty()) return spelled(batch.value(1, added));
  EXPECT_EQ(faults.size(), 1U);
  EXPECT_FALSE(faults[0].message.empty());
  EXPECT_LT(faults[0].message.size(), 300U);
  EXPECT_EQ(batch.kind(1, added), CellKind::kNull);
  EXPECT_TRUE([&] {
    for (const RejectCode& code : all_reject_codes()) {
      if (code.code == faults[0].code) return true;
    }
    return false;
  }()) << "not a documented code: "
       << faults[0].code;
  return "!" + faults[0].code;
}

}  // namespace crossload::convert
