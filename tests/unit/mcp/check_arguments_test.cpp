#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crossload/mcp/tool.h"

namespace crossload::mcp {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Json& schema() {
  static const Json kSchema = Json::parse(R"({
    "type":"object","additionalProperties":false,"required":["profile_name"],
    "properties":{
      "profile_name":{"type":"string","minLength":1,"maxLength":5},
      "limit":{"type":"integer","minimum":1,"maximum":500},
      "ratio":{"type":"number","minimum":0.5},
      "engine":{"type":"string","enum":["mysql","postgres","sqlite"]},
      "tables":{"type":"array","items":{"type":"string"},"minItems":1,"maxItems":3},
      "check":{"type":"boolean"},
      "map":{"type":"object","additionalProperties":{"type":"string"}},
      "inner":{"type":"object","properties":{"name":{"type":"string"}},"required":["name"],
               "additionalProperties":false},
      "anything":{}}})");
  return kSchema;
}

Error refusal(const std::string& arguments) {
  try {
    check_arguments(schema(), Json::parse(arguments));
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kInvalidArgument);
    return error;
  }
  ADD_FAILURE() << "accepted " << arguments;
  return Error(ErrorCode::kSqlError, "");
}

std::string message(const std::string& arguments) {
  return refusal(arguments).message();
}

TEST(CheckArguments, AcceptsWhatFits) {
  for (
      const char* arguments :
      {R"({"profile_name":"a"})", R"({"profile_name":"übers","limit":500,"ratio":0.5})",
       R"({"profile_name":"a","limit":7.0,"ratio":1,"engine":"sqlite","tables":["x","y"]})",
       R"({"profile_name":"a","check":false,"map":{"a":"b"},"inner":{"name":""},"anything":[null]})"}) {
    EXPECT_NO_THROW(check_arguments(schema(), Json::parse(arguments))) << arguments;
  }
}

TEST(CheckArguments, NamesTheArgumentWhatItIsAndWhatIsWanted) {
  EXPECT_EQ(message("[]"), "the arguments must be an object, not the array []");
  EXPECT_EQ(message(R"({"profile_name":7})"),
            "argument 'profile_name' must be a string, not the integer 7");
  EXPECT_EQ(message(R"({"profile_name":null})"),
            "argument 'profile_name' must be a string, not null");
  EXPECT_EQ(message(R"({"profile_name":"a","limit":"10"})"),
            "argument 'limit' must be an integer, not the string \"10\"");
  EXPECT_EQ(message(R"({"profile_name":"a","limit":1.5})"),
            "argument 'limit' must be an integer, not the number 1.5");
  EXPECT_EQ(message(R"({"profile_name":"a","limit":1e300})"),
            "argument 'limit' must be an integer, not the number 1e+300");
  EXPECT_EQ(message(R"({"profile_name":"a","check":"yes"})"),
            "argument 'check' must be a boolean, not the string \"yes\"");
  EXPECT_EQ(message(R"({"profile_name":"a","tables":["x",2]})"),
            "argument 'tables[1]' must be a string, not the integer 2");
  EXPECT_EQ(message(R"({"profile_name":"a","map":{"x":1}})"),
            "argument 'map.x' must be a string, not the integer 1");
}

TEST(CheckArguments, ChecksBounds) {
  EXPECT_EQ(message(R"({"profile_name":"a","limit":0})"),
            "argument 'limit' must be at least 1, not 0");
  EXPECT_EQ(message(R"({"profile_name":"a","limit":18446744073709551615})"),
            "argument 'limit' must be at most 500, not 18446744073709551615");
  EXPECT_EQ(message(R"({"profile_name":"a","ratio":0})"),
            "argument 'ratio' must be at least 0.5, not 0");
  EXPECT_EQ(message(R"({"profile_name":""})"),
            "argument 'profile_name' must have at least 1 characters, not 0");
  EXPECT_EQ(message(R"({"profile_name":"sechs!"})"),
            "argument 'profile_name' must have at most 5 characters, not 6");
  EXPECT_EQ(message(R"({"profile_name":"a","tables":[]})"),
            "argument 'tables' must have at least 1 items, not 0");
  EXPECT_EQ(message(R"({"profile_name":"a","tables":["1","2","3","4"]})"),
            "argument 'tables' must have at most 3 items, not 4");
}

TEST(CheckArguments, ListsTheChoicesAndTheNearest) {
  const Error error = refusal(R"({"profile_name":"a","engine":"postgre"})");
  EXPECT_EQ(error.message(),
            "argument 'engine' must be one of mysql, postgres, sqlite, not \"postgre\"");
  EXPECT_THAT(error.candidates(), ElementsAre("postgres"));
}

TEST(CheckArguments, OffersTheNearestNameForAnUnknownOne) {
  const Error near = refusal(R"({"profle_name":"a"})");
  EXPECT_EQ(near.message(), "unknown argument 'profle_name'");
  EXPECT_THAT(near.candidates(), ElementsAre("profile_name"));
  const Error far = refusal(R"({"profile_name":"a","zzzzzzzzzzzz":1})");
  EXPECT_THAT(far.candidates(), IsEmpty());
  EXPECT_THAT(
      far.suggestions(),
      ElementsAre("known arguments: profile_name, limit, ratio, engine, tables, check, map, "
                  "inner, anything"));
  EXPECT_EQ(message(R"({"profile_name":"a","inner":{"nam":1}})"), "unknown argument 'inner.nam'");
}

TEST(CheckArguments, NamesWhatIsMissing) {
  EXPECT_EQ(message("{}"), "missing argument 'profile_name', a string");
  EXPECT_EQ(message(R"({"profile_name":"a","inner":{}})"),
            "missing argument 'inner.name', a string");
}

TEST(CheckArguments, SaysThatAToolTakesNone) {
  const Json none = {{"type", "object"}, {"additionalProperties", false}};
  try {
    check_arguments(none, {{"x", 1}});
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.suggestions(), ElementsAre("this tool takes no arguments"));
  }
}

TEST(CheckArguments, ShortensLongValuesInItsMessage) {
  const std::string text(1000, 'x');
  EXPECT_LT(message(R"({"profile_name":"a","limit":")" + text + "\"}").size(), 200U);
}

}  // namespace
}  // namespace crossload::mcp
