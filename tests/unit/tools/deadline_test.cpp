#include "deadline.h"

#include <condition_variable>
#include <mutex>

#include <gtest/gtest.h>

#include "crossload/base/error.h"

namespace crossload::tools {
namespace {

class Context : public mcp::ToolContext {
 public:
  std::stop_token stop() const override { return source.get_token(); }
  void progress(double value, std::optional<double>, const std::string&) override {
    EXPECT_GT(value, last);
    last = value;
  }
  bool can_elicit() const override { return false; }
  mcp::ElicitResult elicit(const std::string&, const std::string&, const mcp::Json&) override {
    return {};
  }
  std::stop_source source;
  double last = -1;
};

/// A connection whose only statement runs until it is cancelled; the first cancels arrive too
/// early.
class StuckConnection : public driver::Connection {
 public:
  const driver::ServerInfo& server() const override { return info_; }
  driver::Catalog& catalog() override { throw std::logic_error("no catalog"); }
  std::unique_ptr<driver::RowReader> read_table(const driver::ReadRequest&) override {
    return nullptr;
  }
  std::unique_ptr<driver::RowWriter> write_table(const driver::WriteRequest&) override {
    return nullptr;
  }
  std::unique_ptr<driver::RowReader> query(std::string_view, const std::vector<Value>&) override {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return cancels_ >= 3; });
    throw Error(ErrorCode::kCancelled, "interrupted");
  }
  std::unique_ptr<driver::Transaction> begin(driver::TransactionMode) override { return nullptr; }
  std::unique_ptr<driver::LoadSession> prepare_load(const driver::LoadOptions&) override {
    return nullptr;
  }
  void cancel() noexcept override {
    const std::lock_guard lock(mutex_);
    ++cancels_;
    changed_.notify_all();
  }
  int cancels() {
    const std::lock_guard lock(mutex_);
    return cancels_;
  }

 private:
  driver::ServerInfo info_;
  std::mutex mutex_;
  std::condition_variable changed_;
  int cancels_ = 0;
};

Deadline in(std::chrono::seconds limit) {
  return {limit, [] { return "the query"; }, "raise timeout_seconds"};
}

TEST(RunWithDeadline, CancelsUntilTheStatementEnds) {
  StuckConnection connection;
  Context context;
  try {
    run_with_deadline({&connection}, context, in(std::chrono::seconds(1)),
                      [&] { connection.query("", {}); });
    FAIL() << "it ended by itself";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kCancelled);
    EXPECT_NE(error.message().find("limit of 1 s"), std::string::npos) << error.message();
    EXPECT_EQ(error.suggestions().front(), "raise timeout_seconds");
  }
  EXPECT_GE(connection.cancels(), 3);
}

TEST(RunWithDeadline, CallersCancelActsAtOnce) {
  StuckConnection connection;
  Context context;
  context.source.request_stop();
  const auto start = std::chrono::steady_clock::now();
  EXPECT_THROW(run_with_deadline({&connection}, context, in(std::chrono::seconds(60)),
                                 [&] { connection.query("", {}); }),
               Error);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(30));
}

TEST(RunWithDeadline, PassesTheWorksOwnErrorOn) {
  StuckConnection connection;
  Context context;
  try {
    run_with_deadline({&connection, nullptr}, context, in(std::chrono::seconds(60)),
                      [] { throw Error(ErrorCode::kSqlError, "no such table"); });
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kSqlError);
  }
  EXPECT_EQ(connection.cancels(), 0);
}

TEST(RunWithDeadline, WorkInTimeIsDone) {
  StuckConnection connection;
  Context context;
  bool done = false;
  run_with_deadline({&connection}, context, in(std::chrono::seconds(60)), [&] { done = true; });
  EXPECT_TRUE(done);
}

}  // namespace
}  // namespace crossload::tools
