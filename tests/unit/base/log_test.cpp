#include "crossload/base/log.h"

#include <limits>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "crossload/base/error.h"

#include "support/temp_folder.h"

namespace crossload {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using testing::TempFolder;

class StoppedClock : public Clock {
 public:
  TimePoint now() const override { return parse_time("2026-11-20T09:30:00.123Z"); }
  SteadyTime steady() const override { return {}; }
};

class Log : public ::testing::Test {
 protected:
  std::shared_ptr<Logger> make(LogLevel level) {
    return Logger::to_sink(level, clock_,
                           [this](std::string_view line) { lines_.emplace_back(line); });
  }

  StoppedClock clock_;
  std::vector<std::string> lines_;
};

TEST_F(Log, WritesOneJsonObjectALineInAFixedOrder) {
  make(LogLevel::kInfo)
      ->info("table done", {{"table", std::string("orders")},
                            {"rows", std::int64_t{7}},
                            {"percent", 12.5},
                            {"last", true}});
  EXPECT_THAT(lines_, ElementsAre(R"({"ts":"2026-11-20T09:30:00.123Z","level":"info",)"
                                  R"("message":"table done","table":"orders","rows":7,)"
                                  R"("percent":12.5,"last":true})"));
}

TEST_F(Log, LeavesOutWhatIsBelowTheLevel) {
  const auto log = make(LogLevel::kWarning);
  log->debug("a");
  log->info("b");
  log->warning("c");
  log->error("d");
  ASSERT_THAT(lines_, SizeIs(2));
  EXPECT_EQ(json::parse(lines_[0])["level"], "warning");
  EXPECT_EQ(json::parse(lines_[1])["level"], "error");
  EXPECT_FALSE(log->enabled(LogLevel::kInfo));
  EXPECT_FALSE(log->enabled(LogLevel::kOff));
}

TEST_F(Log, WritesNothingWhenOff) {
  make(LogLevel::kOff)->error("d");
  EXPECT_THAT(lines_, IsEmpty());
}

TEST_F(Log, EscapesWhatWouldBreakALine) {
  make(LogLevel::kInfo)->info("a\nb\"c", {{"table", std::string("x\xFF\n{}%v")}});
  ASSERT_THAT(lines_, SizeIs(1));
  EXPECT_EQ(lines_[0].find('\n'), std::string::npos);
  EXPECT_EQ(json::parse(lines_[0])["message"], "a\nb\"c");
  EXPECT_EQ(json::parse(lines_[0])["table"], "x\xEF\xBF\xBD\n{}%v");
}

TEST_F(Log, WritesNumbersJsonCannotHoldAsText) {
  make(LogLevel::kInfo)->info("a", {{"rate", std::numeric_limits<double>::infinity()}});
  EXPECT_EQ(json::parse(lines_.at(0))["rate"], "Infinity");
}

TEST_F(Log, DoesNotLetAFieldReplaceItsOwn) {
  make(LogLevel::kInfo)->info("a", {{"message", std::string("b")}, {"level", std::string("c")}});
  EXPECT_EQ(json::parse(lines_.at(0))["message"], "a");
  EXPECT_EQ(json::parse(lines_.at(0))["level"], "info");
}

TEST_F(Log, AddsFieldsToEveryLineOfAChild) {
  const auto child = with_fields(make(LogLevel::kInfo), {{"job_id", "7"}}, "", clock_);
  const auto grandchild = with_fields(child, {{"table", "orders"}}, "", clock_);
  grandchild->info("a", {{"rows", std::int64_t{1}}});
  child->debug("not this");
  ASSERT_THAT(lines_, SizeIs(1));
  EXPECT_EQ(lines_[0], R"({"ts":"2026-11-20T09:30:00.123Z","level":"info","message":"a",)"
                       R"("job_id":"7","table":"orders","rows":1})");
}

TEST_F(Log, AppendsAChildsLinesToItsFileEvenWhenTheParentIsQuiet) {
  const TempFolder folder;
  const std::string file = (folder / "job.jsonl").string();
  folder.write("job.jsonl", "{\"earlier\":true}\n{\"cut");
  const auto child = with_fields(make(LogLevel::kError), {{"job_id", "7"}}, file, clock_);
  EXPECT_TRUE(child->enabled(LogLevel::kInfo));
  EXPECT_FALSE(child->enabled(LogLevel::kDebug));
  child->debug("not this");
  child->info("only the file");
  child->error("both");
  ASSERT_THAT(lines_, SizeIs(1));
  EXPECT_EQ(
      folder.read("job.jsonl"),
      "{\"earlier\":true}\n"
      R"({"ts":"2026-11-20T09:30:00.123Z","level":"info","message":"only the file","job_id":"7"})"
      "\n" +
          lines_[0] + "\n");
}

TEST_F(Log, GoesOnWhenTheFileCannotBeWritten) {
  const auto child = with_fields(make(LogLevel::kInfo), {}, "/dev/full", clock_);
  child->info("first");
  child->info("second");
  ASSERT_THAT(lines_, SizeIs(3));
  EXPECT_THAT(lines_[1], HasSubstr("No space left on device"));
  EXPECT_EQ(json::parse(lines_[2])["message"], "second");
}

TEST_F(Log, KeepsLinesWholeAcrossThreads) {
  const auto log = make(LogLevel::kInfo);
  const TempFolder folder;
  const auto child = with_fields(log, {}, (folder / "f").string(), clock_);
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&] {
        for (int i = 0; i < 200; ++i) child->info(std::string(500, 'x'));
      });
    }
  }
  EXPECT_THAT(lines_, SizeIs(800));
  for (const std::string& line : lines_) EXPECT_EQ(line, lines_[0]);
  EXPECT_EQ(folder.read("f").size(), 800 * (lines_[0].size() + 1));
}

TEST_F(Log, WritesToStderr) {
  ::testing::internal::CaptureStderr();
  Logger::to_stderr(LogLevel::kInfo, clock_)->info("hello {} %v");
  EXPECT_EQ(::testing::internal::GetCapturedStderr(),
            "{\"ts\":\"2026-11-20T09:30:00.123Z\",\"level\":\"info\","
            "\"message\":\"hello {} %v\"}\n");
}

TEST(ParseLogLevel, KnowsItsFiveWords) {
  EXPECT_EQ(parse_log_level("debug"), LogLevel::kDebug);
  EXPECT_EQ(parse_log_level("info"), LogLevel::kInfo);
  EXPECT_EQ(parse_log_level("warning"), LogLevel::kWarning);
  EXPECT_EQ(parse_log_level("error"), LogLevel::kError);
  EXPECT_EQ(parse_log_level("off"), LogLevel::kOff);
  EXPECT_EQ(parse_log_level("INFO"), std::nullopt);
  EXPECT_EQ(parse_log_level(""), std::nullopt);
}

}  // namespace
}  // namespace crossload
