#pragma once

#include <chrono>
#include <string>

namespace crossload {

using TimePoint = std::chrono::system_clock::time_point;
using SteadyTime = std::chrono::steady_clock::time_point;

/// Time as the program sees it; injected so that tests own it. Thread: all methods from any thread.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual TimePoint now() const = 0;
  virtual SteadyTime steady() const = 0;
};

/// The machine's clocks.
class SystemClock : public Clock {
 public:
  TimePoint now() const override { return std::chrono::system_clock::now(); }
  SteadyTime steady() const override { return std::chrono::steady_clock::now(); }
};

/// RFC 3339, UTC, milliseconds: 2026-11-20T09:30:00.123Z.
std::string format_time(TimePoint time);
/// The inverse of format_time. Throws: Error kInvalidArgument.
TimePoint parse_time(const std::string& text);

}  // namespace crossload
