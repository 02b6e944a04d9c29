#include <array>
#include <chrono>
#include <csignal>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "crossload/rpc/line_reader.h"
#include "crossload/rpc/line_writer.h"

namespace crossload::rpc {
namespace {

using std::chrono::milliseconds;

struct Pipe {
  Pipe() {
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
    read_end = ends[0];
    write_end = ends[1];
  }
  ~Pipe() {
    close_read();
    close_write();
  }
  void close_read() {
    if (read_end >= 0) ::close(read_end);
    read_end = -1;
  }
  void close_write() {
    if (write_end >= 0) ::close(write_end);
    write_end = -1;
  }
  int read_end = -1;
  int write_end = -1;
};

struct Lines {
  std::vector<std::string> lines;
  int too_long = 0;
  LineSplitter::OnLine on_line = [this](std::string_view line) { lines.emplace_back(line); };
  LineSplitter::OnTooLong on_too_long = [this] { ++too_long; };
};

TEST(LineSplitter, PutsPiecesTogetherAndDropsBlankLines) {
  Lines got;
  LineSplitter splitter(100);
  splitter.feed("on", got.on_line, got.on_too_long);
  splitter.feed("e\r\n\n \t\r\ntwo\nthr", got.on_line, got.on_too_long);
  splitter.feed("ee", got.on_line, got.on_too_long);
  EXPECT_EQ(got.lines, (std::vector<std::string>{"one", "two"}));
  splitter.finish(got.on_line);
  EXPECT_EQ(got.lines, (std::vector<std::string>{"one", "two", "three"}));
}

TEST(LineSplitter, TellsALongLineOnceAndGoesOnAfterIt) {
  Lines got;
  LineSplitter splitter(8);
  splitter.feed("12345678\n123456789", got.on_line, got.on_too_long);
  splitter.feed("more and more", got.on_line, got.on_too_long);
  splitter.feed("\nnext\n", got.on_line, got.on_too_long);
  EXPECT_EQ(got.lines, (std::vector<std::string>{"12345678", "next"}));
  EXPECT_EQ(got.too_long, 1);
}

TEST(LineSplitter, ALongLineAtTheEndIsNoLine) {
  Lines got;
  LineSplitter splitter(4);
  splitter.feed("123456", got.on_line, got.on_too_long);
  splitter.finish(got.on_line);
  EXPECT_TRUE(got.lines.empty());
  EXPECT_EQ(got.too_long, 1);
}

TEST(ReadLines, EndsAtTheEndOfInputWithTheLastLine) {
  Pipe pipe;
  ASSERT_EQ(::write(pipe.write_end, "a\nb", 3), 3);
  pipe.close_write();
  WakeUp wake_up;
  Lines got;
  EXPECT_EQ(read_lines(pipe.read_end, wake_up, 100, got.on_line, got.on_too_long),
            ReadEnd::kEndOfInput);
  EXPECT_EQ(got.lines, (std::vector<std::string>{"a", "b"}));
}

TEST(ReadLines, AWakeUpEndsAReadThatWaits) {
  Pipe pipe;
  WakeUp wake_up;
  Lines got;
  const std::jthread waker([&] { wake_up.signal(); });
  EXPECT_EQ(read_lines(pipe.read_end, wake_up, 100, got.on_line, got.on_too_long),
            ReadEnd::kWokenUp);
}

TEST(ReadLines, AWakeUpBeforehandIsRemembered) {
  Pipe pipe;
  WakeUp wake_up;
  wake_up.signal();
  EXPECT_TRUE(wake_up.is_set());
  Lines got;
  EXPECT_EQ(read_lines(pipe.read_end, wake_up, 100, got.on_line, got.on_too_long),
            ReadEnd::kWokenUp);
}

TEST(ReadLines, ADescriptorThatCannotBeReadIsAFailure) {
  WakeUp wake_up;
  Lines got;
  EXPECT_EQ(read_lines(-1, wake_up, 100, got.on_line, got.on_too_long), ReadEnd::kFailed);
}

std::string read_all(int fd) {
  std::string all;
  std::vector<char> chunk(65536);
  for (ssize_t count = ::read(fd, chunk.data(), chunk.size()); count > 0;
       count = ::read(fd, chunk.data(), chunk.size())) {
    all.append(chunk.data(), static_cast<std::size_t>(count));
  }
  return all;
}

TEST(LineWriter, KeepsLinesWholeFromManyThreads) {
  Pipe pipe;
  std::string all;
  std::jthread reader([&] { all = read_all(pipe.read_end); });
  {
    LineWriter writer(pipe.write_end);
    std::vector<std::jthread> threads;
    for (char c = 'a'; c < 'e'; ++c) {
      threads.emplace_back([&writer, c] {
        for (int i = 0; i < 50; ++i) writer.send(std::string(10000, c));
      });
    }
    threads.clear();
    writer.close(milliseconds(20000));
  }
  pipe.close_write();
  reader.join();
  Lines got;
  LineSplitter splitter(20000);
  splitter.feed(all, got.on_line, got.on_too_long);
  ASSERT_EQ(got.lines.size(), 200U);
  for (const std::string& line : got.lines) {
    EXPECT_EQ(line, std::string(10000, line.front()));
  }
}

TEST(LineWriter, SendingToAPeerThatDoesNotReadDoesNotBlock) {
  Pipe pipe;
  LineWriter writer(pipe.write_end);
  for (int i = 0; i < 100; ++i) writer.send(std::string(100000, 'x'));
  // Gives up once the peer takes nothing for the time given.
  writer.close(milliseconds(10));
  EXPECT_TRUE(writer.broken());
}

TEST(LineWriter, AClosedPipeIsNoEndOfTheProcess) {
  std::signal(SIGPIPE, SIG_DFL);
  Pipe pipe;
  pipe.close_read();
  LineWriter writer(pipe.write_end);
  writer.send("nobody listens");
  writer.close(milliseconds(1000));
  EXPECT_TRUE(writer.broken());
}

TEST(LineWriter, DropsWhatIsSentAfterItsEnd) {
  Pipe pipe;
  LineWriter writer(pipe.write_end);
  writer.send("first");
  writer.close(milliseconds(1000));
  writer.send("second");
  pipe.close_write();
  EXPECT_EQ(read_all(pipe.read_end), "first\n");
}

}  // namespace
}  // namespace crossload::rpc
