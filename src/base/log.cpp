#include "crossload/base/log.h"

#include <array>
#include <cmath>
#include <mutex>

#include <nlohmann/json.hpp>
#include <spdlog/logger.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include "crossload/base/error.h"
#include "crossload/base/files.h"
#include "crossload/base/strings.h"

namespace crossload {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::pair<LogLevel, std::string_view>, 5> kLevelNames = {{
    {LogLevel::kDebug, "debug"},
    {LogLevel::kInfo, "info"},
    {LogLevel::kWarning, "warning"},
    {LogLevel::kError, "error"},
    {LogLevel::kOff, "off"},
}};

std::string_view level_name(LogLevel level) {
  for (const auto& [value, name] : kLevelNames) {
    if (value == level) return name;
  }
  return "?";
}

spdlog::level::level_enum to_spdlog(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return spdlog::level::debug;
    case LogLevel::kInfo:
      return spdlog::level::info;
    case LogLevel::kWarning:
      return spdlog::level::warn;
    case LogLevel::kError:
      return spdlog::level::err;
    case LogLevel::kOff:
      return spdlog::level::off;
  }
  return spdlog::level::off;
}

Json to_json(const std::variant<std::string, std::int64_t, double, bool>& value) {
  if (const auto* number = std::get_if<double>(&value); number && !std::isfinite(*number)) {
    return format_double(*number);
  }
  return std::visit([](const auto& held) { return Json(held); }, value);
}

std::string format_line(const Clock& clock, LogLevel level, std::string_view message,
                        const std::vector<LogField>& fields) {
  Json line;
  line["ts"] = format_time(clock.now());
  line["level"] = level_name(level);
  line["message"] = message;
  for (const LogField& field : fields) {
    if (field.name == "ts" || field.name == "level" || field.name == "message") continue;
    line[std::string(field.name)] = to_json(field.value);
  }
  // Names and messages of a database need not be UTF-8; a log line must not fail over that.
  return line.dump(-1, ' ', false, Json::error_handler_t::replace);
}

class CallbackSink : public spdlog::sinks::base_sink<std::mutex> {
 public:
  explicit CallbackSink(Logger::Sink callback) : callback_(std::move(callback)) {}

 private:
  void sink_it_(const spdlog::details::log_msg& msg) override {
    callback_(std::string_view(msg.payload.data(), msg.payload.size()));
  }
  void flush_() override {}

  Logger::Sink callback_;
};

class SpdlogLogger : public Logger {
 public:
  SpdlogLogger(LogLevel level, const Clock& clock, spdlog::sink_ptr sink)
      : clock_(clock), level_(level), logger_("crossload", std::move(sink)) {
    logger_.set_pattern("%v");
    logger_.set_level(to_spdlog(level));
    logger_.flush_on(spdlog::level::trace);
    // A closed stderr must not end a migration, and nothing but JSON lines may appear there.
    logger_.set_error_handler([](const std::string&) {});
  }

  void log(LogLevel level, std::string_view message, const std::vector<LogField>& fields) override {
    if (!enabled(level)) return;
    const std::string line = format_line(clock_, level, message, fields);
    logger_.log(to_spdlog(level), spdlog::string_view_t(line.data(), line.size()));
  }

  bool enabled(LogLevel level) const override { return level != LogLevel::kOff && level >= level_; }

 private:
  const Clock& clock_;
  LogLevel level_;
  spdlog::logger logger_;
};

class FieldLogger : public Logger {
 public:
  FieldLogger(std::shared_ptr<Logger> parent,
              std::vector<std::pair<std::string, std::string>> fields, const std::string& also_to,
              const Clock& clock)
      : parent_(std::move(parent)), fields_(std::move(fields)), clock_(clock) {
    if (!also_to.empty()) file_ = LineFile::open(also_to);
  }

  void log(LogLevel level, std::string_view message, const std::vector<LogField>& fields) override {
    std::vector<LogField> all;
    all.reserve(fields_.size() + fields.size());
    for (const auto& [name, value] : fields_) all.push_back({name, value});
    all.insert(all.end(), fields.begin(), fields.end());
    if (parent_->enabled(level)) parent_->log(level, message, all);
    if (file_wants(level)) append_to_file(format_line(clock_, level, message, all));
  }

  bool enabled(LogLevel level) const override {
    return parent_->enabled(level) || file_wants(level);
  }

 private:
  /// The file keeps what a later reader needs, however quiet stderr was told to be.
  bool file_wants(LogLevel level) const {
    return file_.has_value() && level != LogLevel::kOff &&
           (level >= LogLevel::kInfo || parent_->enabled(level));
  }

  void append_to_file(const std::string& line) {
    std::lock_guard lock(mutex_);
    if (file_failed_) return;
    try {
      file_->append(line);
      file_->flush();
    } catch (const Error& error) {
      // A full disk shows itself where data is written; the log's own loss is told once.
      file_failed_ = true;
      parent_->warning("the log file is no longer written", {{"error", error.message()}});
    }
  }

  std::shared_ptr<Logger> parent_;
  std::vector<std::pair<std::string, std::string>> fields_;
  const Clock& clock_;
  std::mutex mutex_;
  std::optional<LineFile> file_;
  bool file_failed_ = false;
};

}  // namespace

std::optional<LogLevel> parse_log_level(std::string_view text) {
  for (const auto& [level, name] : kLevelNames) {
    if (name == text) return level;
  }
  return std::nullopt;
}

std::shared_ptr<Logger> Logger::to_stderr(LogLevel level, const Clock& clock) {
  return std::make_shared<SpdlogLogger>(level, clock,
                                        std::make_shared<spdlog::sinks::stderr_sink_mt>());
}

std::shared_ptr<Logger> Logger::to_sink(LogLevel level, const Clock& clock, Sink sink) {
  return std::make_shared<SpdlogLogger>(level, clock,
                                        std::make_shared<CallbackSink>(std::move(sink)));
}

std::shared_ptr<Logger> with_fields(std::shared_ptr<Logger> parent,
                                    std::vector<std::pair<std::string, std::string>> fields,
                                    const std::string& also_to, const Clock& clock) {
  return std::make_shared<FieldLogger>(std::move(parent), std::move(fields), also_to, clock);
}

}  // namespace crossload
