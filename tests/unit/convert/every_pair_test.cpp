// What holds for every pair of kinds: a value arrives in the form that the target's kind asks for,
// or with a documented code; odd input breaks nothing.

#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "conversion.h"

namespace crossload::convert {
namespace {

using enum TypeKind;
using namespace std::string_literals;

struct Sample {
  Side side;
  std::vector<Value> values;
};

const std::vector<Sample>& typed_sides() {
  static const std::vector<Sample> samples = {
      {P(kBoolean, "boolean"), {std::int64_t{0}, std::int64_t{1}}},
      {P(kInteger, "integer").bits(32), {std::int64_t{-7}, std::int64_t{2147483647}}},
      {M(kInteger, "bigint unsigned").bits(64, true), {std::int64_t{7}, std::uint64_t{1} << 63}},
      {M(kInteger, "year(4)").bits(16, true), {std::int64_t{0}, std::int64_t{1999}}},
      {P(kDecimal, "numeric"), {"-12.50", "NaN", "Infinity", "123456789012345678901234567890"}},
      {M(kDecimal, "decimal(10,2)").digits(10, 2), {"-12.50", "0.00"}},
      {P(kFloat32, "real"), {0.5, -0.0}},
      {P(kFloat64, "double precision"), {0.1, 1e300}},
      {P(kText, "text"), {"", "text", "12", "2020-01-02"}},
      {P(kText, "character(5)").length(5), {"ab   "}},
      {M(kText, "varchar(3)").length(3).charset("latin1"), {"abc", ""}},
      {P(kBytes, "bytea"), {Bytes{""}, Bytes{"\xFF\0"s}}},
      {M(kBytes, "binary(16)").length(16), {Bytes{std::string(16, 'x')}}},
      {P(kDate, "date"), {"2020-12-31", "infinity", "0044-03-15 BC"}},
      {M(kDate, "date"), {"0000-00-00", "2020-00-00", "0000-01-01"}},
      {M(kTime, "time(6)").digits(6), {"-838:59:59.5", "24:00:00"}},
      {P(kTime, "time without time zone"), {"23:59:59.999999"}},
      {P(kTimestamp, "timestamp without time zone"), {"2020-12-31 23:59:59.5", "-infinity"}},
      {M(kTimestamp, "datetime").digits(0), {"2020-12-31 23:59:59", "0000-00-00 00:00:00"}},
      {P(kTimestampTz, "timestamp with time zone"), {"2020-12-31 23:59:59.5+00"}},
      {M(kTimestampTz, "timestamp").digits(0), {"2020-12-31 23:59:59+00"}},
      {P(kInterval, "interval"), {"P1M-3DT4H5M6.7S", "PT0S"}},
      {P(kUuid, "uuid"), {"6ccd780c-baba-1026-9564-5b8c656024db"}},
      {P(kJson, "jsonb"), {"{\"a\": 1}", "[]"}},
      {M(kJson, "longtext"), {"{\"a\":1,\"a\":2}", "\"\\u0000\""}},
      {M(kEnum, "enum('a','b')").labels({"a", "b"}), {"a", ""}},
      {P(kEnum, "mood").labels({"a", "c"}), {"c"}},
      {M(kSet, "set('a','b')").labels({"a", "b"}), {"a,b", ""}},
      {M(kBit, "bit(8)").length(8), {"10101010"}},
      {P(kBit, "bit varying"), {"", "0101"}},
      {P(kArray, "integer[]").element(kInteger), {"{1,NULL}", "[0:1]={1,2}", "{}"}},
      {M(kSpatial, "point"), {Bytes{"\0\0\0\0\1\1\0\0\0"s + std::string(16, '\0')}}},
      {P(kOther, "inet"), {"::1"}},
      {P(kOther, "hstore"), {R"("a"=>NULL)", ""}},
      {P(kOther, "point"), {"(1,2)"}},
  };
  return samples;
}

bool has_form_of(TypeKind kind, char form) {
  switch (kind) {
    case kDynamic:
      return true;
    case kBoolean:
    case kInteger:
      return form == 'i' || form == 'u';
    case kFloat32:
    case kFloat64:
      return form == 'd';
    case kBytes:
    case kSpatial:
      return form == 'b';
    default:
      return form == 't';
  }
}

void check_form(const Side& from, const Side& to, const Value& value) {
  const std::string result = converted(from, to, value);
  if (result == "NULL" || result.starts_with("!")) return;
  EXPECT_TRUE(has_form_of(to.column.type.kind, result.front()))
      << from.column.type.declared << " " << spelled(value) << " to " << to.column.type.declared
      << " gave " << result;
}

TEST(EveryPair, GivesTheFormOfTheTargetsKind) {
  for (const Sample& from : typed_sides()) {
    for (const Sample& to : typed_sides()) {
      for (const Value& value : from.values) check_form(from.side, to.side, value);
    }
  }
}

TEST(EveryPair, SqliteGivesEachOfItsValuesTheFormOfTheTarget) {
  const std::vector<Value> values = {std::int64_t{1},
                                     std::int64_t{-1} << 62,
                                     1.5,
                                     1e300,
                                     "",
                                     "a",
                                     "12",
                                     "a\0"s,
                                     "\xFF"s,
                                     Bytes{""},
                                     Bytes{"ab"}};
  for (const Sample& to : typed_sides()) {
    for (const Value& value : values) check_form(S("ANYTHING"), to.side, value);
  }
}

// A column made for a type gives its values back.
TEST(EveryPair, ValuesOfATypeStayTheSameInTheSameType) {
  for (const Sample& sample : typed_sides()) {
    for (const Value& value : sample.values) {
      if (sample.side.column.type.kind == kEnum && spelled(value) == "t:") continue;
      EXPECT_EQ(converted(sample.side, sample.side, value), spelled(value))
          << sample.side.column.type.declared;
    }
  }
}

TEST(EveryPair, OddTextBreaksNothing) {
  constexpr std::string_view kSigns = "0123456789-:. T+ZP\"\\{}[],=>()aNeE\x80\xFF";
  std::mt19937 random(7);
  std::vector<Side> targets;
  for (const Sample& sample : typed_sides()) targets.push_back(sample.side);
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    const std::size_t size = random() % 12;
    for (std::size_t at = 0; at < size; ++at) text += kSigns[random() % kSigns.size()];
    check_form(S("ANYTHING"), targets[random() % targets.size()], text);
    const Sample& from = typed_sides()[random() % targets.size()];
    const std::string form = spelled(from.values.front()).substr(0, 1);
    if (form != "t") continue;
    check_form(from.side, targets[random() % targets.size()], text);
    check_form(from.side, S("NUMERIC"), text);
  }
}

}  // namespace
}  // namespace crossload::convert
