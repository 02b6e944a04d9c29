#include "crossload/rpc/message.h"

#include <string>

#include <gtest/gtest.h>

namespace crossload::rpc {
namespace {

Message only(std::string_view line) {
  Frame frame = decode(line);
  EXPECT_FALSE(frame.is_batch);
  EXPECT_EQ(frame.messages.size(), 1U);
  return frame.messages.front();
}

Invalid refused(std::string_view line) {
  const Message message = only(line);
  EXPECT_TRUE(std::holds_alternative<Invalid>(message)) << line;
  return std::get<Invalid>(message);
}

TEST(Message, TellsRequestsNotificationsAndResponsesApart) {
  const auto request = std::get<Request>(only(R"({"jsonrpc":"2.0","id":0,"method":"m"})"));
  EXPECT_EQ(request.id, 0);
  EXPECT_EQ(request.method, "m");
  EXPECT_TRUE(request.params.is_null());
  EXPECT_EQ(
      std::get<Notification>(only(R"({"jsonrpc":"2.0","method":"n","params":{"a":1}})")).params,
      Json({{"a", 1}}));
  EXPECT_EQ(std::get<Response>(only(R"({"jsonrpc":"2.0","id":"s1","result":7})")).result, 7);
}

TEST(Message, ReadsAnErrorResponseHoweverOddItIs) {
  const auto good = std::get<Response>(
      only(R"({"jsonrpc":"2.0","id":1,"error":{"code":-5,"message":"no","data":[1]}})"));
  ASSERT_TRUE(good.error.has_value());
  EXPECT_EQ(good.error->code, -5);
  EXPECT_EQ(good.error->message, "no");
  EXPECT_EQ(good.error->data, Json::array({1}));
  const auto odd = std::get<Response>(only(R"({"jsonrpc":"2.0","id":1,"error":"boom"})"));
  ASSERT_TRUE(odd.error.has_value());
  EXPECT_EQ(odd.error->code, kInternalError);
}

TEST(Message, RefusesWhatIsNoMessageWithTheIdWhereItIsReadable) {
  EXPECT_EQ(refused("{").error.code, kParseError);
  EXPECT_TRUE(refused("{").id.is_null());
  EXPECT_EQ(refused("\"text\"").error.code, kInvalidRequest);
  EXPECT_EQ(refused(R"({"jsonrpc":"2.0","id":"a"})").id, "a");
  EXPECT_EQ(refused(R"({"jsonrpc":"2.0","id":4,"method":[]})").id, 4);
  EXPECT_EQ(refused(R"({"id":5,"method":"m"})").id, 5);
  EXPECT_TRUE(refused(R"({"jsonrpc":"2.0","id":null,"result":{}})").id.is_null());
}

TEST(Message, RefusesIdsThatAreNeitherTextNorWholeNumbers) {
  for (const char* id : {"null", "1.5", "true", "{}", "[]", "1e400"}) {
    const std::string line = std::string(R"({"jsonrpc":"2.0","method":"m","id":)") + id + "}";
    EXPECT_TRUE(refused(line).id.is_null()) << id;
  }
}

TEST(Message, RefusesIllFormedUtf8AndLoneSurrogates) {
  EXPECT_EQ(refused("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\xFF\"}").error.code, kParseError);
  EXPECT_EQ(refused(R"({"jsonrpc":"2.0","id":1,"method":"\ud800"})").error.code, kParseError);
}

TEST(Message, RefusesNestingThatWritersCouldNotFollow) {
  const std::string deep(kMaxDepth, '[');
  const std::string fits = R"({"jsonrpc":"2.0","id":1,"method":"m","params":)" + deep.substr(1) +
                           std::string(kMaxDepth - 1, ']') + "}";
  EXPECT_TRUE(std::holds_alternative<Request>(only(fits)));
  EXPECT_EQ(refused(std::string(1000000, '[')).error.code, kInvalidRequest);
  // Brackets inside text do not count.
  const std::string text(1000, '[');
  EXPECT_TRUE(std::holds_alternative<Request>(
      only(R"({"jsonrpc":"2.0","id":1,"method":"m","params":{"a":"\")" + text + "\"}}")));
}

TEST(Message, ReadsEachMemberOfABatchByItself) {
  const Frame frame = decode(R"([{"jsonrpc":"2.0","id":1,"method":"m"},1])");
  ASSERT_TRUE(frame.is_batch);
  ASSERT_EQ(frame.messages.size(), 2U);
  EXPECT_TRUE(std::holds_alternative<Request>(frame.messages[0]));
  EXPECT_TRUE(std::holds_alternative<Invalid>(frame.messages[1]));
  EXPECT_EQ(refused("[]").error.code, kInvalidRequest);
}

TEST(Message, KeysTellEqualIdsOfDifferentTypesApart) {
  EXPECT_NE(id_key(1), id_key("1"));
  EXPECT_EQ(id_key("a"), id_key("a"));
}

TEST(Message, WritesOneLineWhateverTheBytes) {
  const std::string line = to_line(make_result(1, {{"text", "a\nb\xFF"}}));
  EXPECT_EQ(line, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"text\":\"a\\nb\xEF\xBF\xBD\"}}");
}

TEST(Message, LeavesOutAnUnknownIdAndAbsentData) {
  EXPECT_EQ(to_line(make_error(nullptr, {kParseError, "bad", nullptr})),
            R"({"jsonrpc":"2.0","error":{"code":-32700,"message":"bad"}})");
  EXPECT_EQ(to_line(make_error(0, {1, "m", {{"a", 1}}})),
            R"({"jsonrpc":"2.0","id":0,"error":{"code":1,"message":"m","data":{"a":1}}})");
}

}  // namespace
}  // namespace crossload::rpc
