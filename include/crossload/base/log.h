#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "crossload/base/clock.h"

namespace crossload {

enum class LogLevel { kDebug, kInfo, kWarning, kError, kOff };

/// "debug", "info", "warning", "error", "off"; nullopt for anything else.
std::optional<LogLevel> parse_log_level(std::string_view text);

/// One named value of a log line.
struct LogField {
  std::string_view name;
  std::variant<std::string, std::int64_t, double, bool> value;
};

/// Structured log: one JSON object a line, {"ts","level","message", fields...}.
/// Thread: all methods from any thread; a line is written whole.
class Logger {
 public:
  using Sink = std::function<void(std::string_view line)>;  ///< Line without its newline.

  /// A logger that writes to stderr.
  static std::shared_ptr<Logger> to_stderr(LogLevel level, const Clock& clock);
  /// A logger that hands each line to `sink` (tests).
  static std::shared_ptr<Logger> to_sink(LogLevel level, const Clock& clock, Sink sink);

  virtual ~Logger() = default;
  virtual void log(LogLevel level, std::string_view message,
                   const std::vector<LogField>& fields) = 0;
  virtual bool enabled(LogLevel level) const = 0;

  void debug(std::string_view message, std::initializer_list<LogField> fields = {}) {
    if (enabled(LogLevel::kDebug)) log(LogLevel::kDebug, message, fields);
  }
  void info(std::string_view message, std::initializer_list<LogField> fields = {}) {
    if (enabled(LogLevel::kInfo)) log(LogLevel::kInfo, message, fields);
  }
  void warning(std::string_view message, std::initializer_list<LogField> fields = {}) {
    if (enabled(LogLevel::kWarning)) log(LogLevel::kWarning, message, fields);
  }
  void error(std::string_view message, std::initializer_list<LogField> fields = {}) {
    if (enabled(LogLevel::kError)) log(LogLevel::kError, message, fields);
  }
};

/// A logger that adds `fields` to every line of `parent` and also appends each line to the file
/// `also_to` where that is not empty (a job's job.jsonl).
std::shared_ptr<Logger> with_fields(std::shared_ptr<Logger> parent,
                                    std::vector<std::pair<std::string, std::string>> fields,
                                    const std::string& also_to, const Clock& clock);

}  // namespace crossload
