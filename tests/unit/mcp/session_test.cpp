#include "session.h"

#include <string>

#include <gtest/gtest.h>

namespace crossload::mcp {
namespace {

Caller identify(const Session& session, const std::string& method, const std::string& params) {
  return session.identify({1, method, Json::parse(params)});
}

int refusal(const std::string& method, const std::string& params) {
  try {
    identify(Session(), method, params);
  } catch (const rpc::ErrorObject& error) {
    return error.code;
  }
  return 0;
}

constexpr const char* kModernParams =
    R"({"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",
                 "io.modelcontextprotocol/clientCapabilities":{"elicitation":{}}}})";

TEST(Session, ServesUnclaimedRequestsAsTheLatestLegacyRevision) {
  const Caller caller = identify(Session(), "tools/list", "{}");
  EXPECT_EQ(caller.revision, Revision::kV20251125);
  EXPECT_FALSE(caller.modern());
  EXPECT_FALSE(caller.can_elicit());
}

TEST(Session, TakesVersionAndCapabilitiesFromTheLastHandshake) {
  Session session;
  EXPECT_EQ(session.initialize(Json::parse(
                R"({"protocolVersion":"2025-06-18","capabilities":{"elicitation":{}}})")),
            Revision::kV20250618);
  EXPECT_TRUE(identify(session, "tools/call", "{}").can_elicit());
  EXPECT_EQ(session.initialize(Json::parse(R"({"protocolVersion":"2024-11-05"})")),
            Revision::kV20241105);
  EXPECT_FALSE(identify(session, "tools/call", "{}").can_elicit());
}

TEST(Session, AnswersVersionsItDoesNotShakeHandsForWithTheLatest) {
  for (const char* version : {"1.0", "", "2026-07-28", "2031-01-01", "2025-11-25 "}) {
    Session session;
    EXPECT_EQ(session.initialize({{"protocolVersion", version}}), Revision::kV20251125) << version;
  }
}

TEST(Session, AModernRequestNeitherReadsNorChangesTheHandshake) {
  Session session;
  session.initialize(
      Json::parse(R"({"protocolVersion":"2024-11-05","capabilities":{"roots":{}}})"));
  const Caller modern = identify(session, "tools/list", kModernParams);
  EXPECT_TRUE(modern.modern());
  EXPECT_TRUE(modern.can_elicit());
  EXPECT_FALSE(modern.declares("roots"));
  const Caller legacy = identify(session, "tools/list", "{}");
  EXPECT_EQ(legacy.revision, Revision::kV20241105);
  EXPECT_TRUE(legacy.declares("roots"));
}

TEST(Session, AnyReservedKeyClaimsTheModernEra) {
  for (const char* key : {"protocolVersion", "clientCapabilities", "clientInfo"}) {
    const std::string meta =
        R"({"_meta":{"io.modelcontextprotocol/)" + std::string(key) + R"(":7}})";
    EXPECT_EQ(refusal("tools/list", meta), rpc::kInvalidParams) << key;
  }
  EXPECT_EQ(refusal("server/discover", "{}"), rpc::kInvalidParams);
  EXPECT_EQ(refusal("subscriptions/listen", R"({"_meta":"text"})"), rpc::kInvalidParams);
  // Another key in _meta, or a _meta that is no object, claims nothing.
  EXPECT_EQ(refusal("tools/list", R"({"_meta":{"io.modelcontextprotocol/other":1}})"), 0);
  EXPECT_EQ(refusal("tools/list", R"({"_meta":"text"})"), 0);
}

TEST(Session, RefusesOtherVersionsPerRequest) {
  for (const char* version : {"2025-11-25", "2027-01-01", ""}) {
    const Json meta = {{"io.modelcontextprotocol/protocolVersion", version},
                       {"io.modelcontextprotocol/clientCapabilities", Json::object()}};
    EXPECT_EQ(refusal("tools/list", Json{{"_meta", meta}}.dump()), kUnsupportedVersion) << version;
  }
}

TEST(Session, TakesProgressTokensThatAreTextOrWholeNumbers) {
  const Session session;
  EXPECT_EQ(identify(session, "m", R"({"_meta":{"progressToken":0}})").progress_token, Json(0));
  EXPECT_EQ(identify(session, "m", R"({"_meta":{"progressToken":"p"}})").progress_token, Json("p"));
  EXPECT_FALSE(identify(session, "m", R"({"_meta":{"progressToken":null}})").progress_token);
  EXPECT_FALSE(identify(session, "m", R"({"_meta":{"progressToken":{}}})").progress_token);
  EXPECT_FALSE(identify(session, "m", "{}").progress_token);
}

TEST(Caller, CanBeAskedByFormOnly) {
  const auto can_elicit = [](const char* capability) {
    Caller caller;
    caller.capabilities = {{"elicitation", Json::parse(capability)}};
    return caller.can_elicit();
  };
  EXPECT_TRUE(can_elicit("{}"));
  EXPECT_TRUE(can_elicit(R"({"form":{}})"));
  EXPECT_TRUE(can_elicit(R"({"form":{},"url":{}})"));
  EXPECT_FALSE(can_elicit(R"({"url":{}})"));
  EXPECT_FALSE(can_elicit("true"));
}

}  // namespace
}  // namespace crossload::mcp
