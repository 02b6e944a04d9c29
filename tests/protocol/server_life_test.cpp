// How a server begins and ends, and that nothing a client does holds it up.

#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "conversation.h"

namespace crossload::test {
namespace {

using mcp::Json;
using std::chrono::milliseconds;

constexpr milliseconds kPatience{20000};
constexpr const char* kPing = R"({"jsonrpc":"2.0","id":"ping","method":"ping"})";
constexpr const char* kPong = R"({"jsonrpc":"2.0","id":"ping","result":{}})";

std::string call(const std::string& id, const std::string& tool) {
  const Json params = {{"name", tool}, {"_meta", {{"progressToken", id}}}};
  return Json{{"jsonrpc", "2.0"}, {"id", id}, {"method", "tools/call"}, {"params", params}}.dump();
}

/// Starts a call that ends only when told to, and sees it run.
void start_waiting_call(Peer& peer, const std::string& id) {
  peer.send(call(id, "wait"));
  const auto started = peer.receive(kPatience);
  ASSERT_TRUE(started.has_value());
  ASSERT_EQ(Json::parse(*started).at("method"), "notifications/progress");
}

TEST(ServerLife, EndsWithZeroAtTheEndOfInput) {
  const auto peer = start_program();
  peer->close_input();
  EXPECT_EQ(peer->wait_for_end(kPatience), 0);
}

TEST(ServerLife, EndsWithZeroOnSigterm) {
  const auto peer = start_program();
  peer->send(kPing);
  ASSERT_EQ(peer->receive(kPatience), kPong);
  peer->stop();
  EXPECT_EQ(peer->wait_for_end(kPatience), 0);
}

TEST(ServerLife, SigtermStopsARunningCallAndAnswersIt) {
  const auto peer = start_program();
  start_waiting_call(*peer, "w");
  peer->stop();
  const auto line = peer->receive(kPatience);
  ASSERT_TRUE(line.has_value());
  const Json answer = Json::parse(*line);
  EXPECT_EQ(answer.at("id"), "w");
  EXPECT_EQ(answer.at("result").at("structuredContent").at("code"), "CANCELLED");
  EXPECT_EQ(peer->wait_for_end(kPatience), 0);
}

TEST(ServerLife, EndOfInputStopsARunningCall) {
  const auto peer = start_program();
  start_waiting_call(*peer, "w");
  peer->close_input();
  EXPECT_EQ(peer->wait_for_end(kPatience), 0);
}

TEST(ServerLife, APipeThatClosesAfterItsLastLineStillGetsItsAnswer) {
  const auto peer = start_program();
  peer->send(call("t", "test_tool_with_progress"));
  peer->close_input();
  std::string last;
  while (const auto line = peer->receive(kPatience)) last = *line;
  EXPECT_EQ(Json::parse(last).at("id"), "t");
  EXPECT_TRUE(Json::parse(last).contains("result"));
}

TEST(ServerLife, ALastLineWithoutNewlineCounts) {
  const auto peer = start_program();
  peer->send_bytes(kPing);
  peer->close_input();
  EXPECT_EQ(peer->receive(kPatience), kPong);
  EXPECT_EQ(peer->wait_for_end(kPatience), 0);
}

TEST(ServerLife, AMessageMayArriveInPieces) {
  const auto peer = start_program();
  const std::string ping = kPing;
  peer->send_bytes(ping.substr(0, 10));
  peer->send_bytes(ping.substr(10) + "\r\n\n");
  EXPECT_EQ(peer->receive(kPatience), kPong);
}

TEST(ServerLife, PingOvertakesCallsThatFillEveryWorker) {
  const auto peer = start_in_process();
  for (int i = 0; i < 8; ++i) start_waiting_call(*peer, "w" + std::to_string(i));
  peer->send(call("queued", "echo"));
  peer->send(kPing);
  EXPECT_EQ(peer->receive(kPatience), kPong);
}

TEST(ServerLife, CancellingAQueuedCallMeansItNeverRuns) {
  const auto peer = start_in_process();
  for (int i = 0; i < 8; ++i) start_waiting_call(*peer, "w" + std::to_string(i));
  peer->send(call("queued", "test_simple_text"));
  peer->send(
      R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"queued"}})");
  peer->send(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"w0"}})");
  // A worker is free again: the next call runs, the cancelled one did not.
  peer->send(call("next", "test_simple_text"));
  const auto line = peer->receive(kPatience);
  ASSERT_TRUE(line.has_value());
  EXPECT_EQ(Json::parse(*line).at("id"), "next");
}

TEST(ServerLife, AClientThatDoesNotReadDoesNotHoldUpTheReadingSide) {
  const auto peer = start_in_process();
  // Far more answers than a pipe holds, none of them read before all is sent.
  constexpr int kCount = 200;
  for (int i = 0; i < kCount; ++i) {
    peer->send(R"({"jsonrpc":"2.0","id":)" + std::to_string(i) + R"(,"method":"tools/list"})");
  }
  for (int i = 0; i < kCount; ++i) {
    const auto line = peer->receive(kPatience);
    ASSERT_TRUE(line.has_value());
    EXPECT_EQ(Json::parse(*line).at("id"), i);
  }
}

TEST(ServerLife, EndsAlthoughNobodyReadsItsOutput) {
  const auto peer = start_program();
  for (int i = 0; i < 200; ++i) {
    peer->send(R"({"jsonrpc":"2.0","id":)" + std::to_string(i) + R"(,"method":"tools/list"})");
  }
  peer->close_input();
  EXPECT_EQ(peer->wait_for_end(kPatience), 0);
}

TEST(ServerLife, ALongMessageIsServedWhole) {
  const auto peer = start_in_process();
  const std::string text(std::size_t{11} * 1024 * 1024, 'x');
  const Json params = {{"name", "echo"}, {"arguments", {{"text", text}}}};
  peer->send(
      Json{{"jsonrpc", "2.0"}, {"id", 1}, {"method", "tools/call"}, {"params", params}}.dump());
  const auto line = peer->receive(kPatience);
  ASSERT_TRUE(line.has_value());
  EXPECT_EQ(Json::parse(*line).at("result").at("structuredContent").at("text"), text);
}

TEST(ServerLife, AMessageBeyondTheBoundIsRefusedAndTheNextOneServed) {
  const auto peer = start_in_process();
  peer->send(std::string(std::size_t{17} * 1024 * 1024, 'x'));
  const auto refused = peer->receive(kPatience);
  ASSERT_TRUE(refused.has_value());
  EXPECT_EQ(Json::parse(*refused).at("error").at("code"), -32600);
  peer->send(kPing);
  EXPECT_EQ(peer->receive(kPatience), kPong);
}

TEST(ServerLife, EndOfInputEndsAWaitForTheUser) {
  const auto peer = start_program();
  peer->send(
      R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{"elicitation":{}}}})");
  ASSERT_TRUE(peer->receive(kPatience).has_value());
  peer->send(
      R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"confirm","arguments":{"database":"d"}}})");
  const auto question = peer->receive(kPatience);
  ASSERT_TRUE(question.has_value());
  ASSERT_EQ(Json::parse(*question).at("method"), "elicitation/create");
  peer->close_input();
  const auto answer = peer->receive(kPatience);
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(Json::parse(*answer).at("result").at("isError"), true);
  EXPECT_EQ(peer->wait_for_end(kPatience), 0);
}

}  // namespace
}  // namespace crossload::test
