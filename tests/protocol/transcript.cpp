#include <fstream>
#include <map>
#include <stdexcept>
#include <utility>
#include <vector>

#include "conversation.h"

namespace crossload::test {
namespace {

using mcp::Json;

constexpr std::chrono::milliseconds kPatience{20000};

/// Plays one transcript; knows what was captured so far.
class Player {
 public:
  Player(std::string name, Peer& peer) : name_(std::move(name)), peer_(peer) {}

  void play(std::istream& file) {
    std::string line;
    while (std::getline(file, line)) {
      ++line_number_;
      if (line.rfind("<= ", 0) == 0) {
        unordered_.push_back(Json::parse(line.substr(3)));
        continue;
      }
      expect_unordered();
      if (!line.empty() && line.front() != '#') step(line);
    }
    expect_unordered();
    expect_end();
  }

 private:
  void step(const std::string& line) {
    if (line.rfind("->! ", 0) == 0) {
      peer_.send(line.substr(4));
    } else if (line.rfind("-> ", 0) == 0) {
      peer_.send(with_captures(line.substr(3)));
    } else if (line.rfind("<- ", 0) == 0) {
      const Json pattern = Json::parse(line.substr(3));
      const Json message = next_message();
      if (!matches(pattern, message))
        fail("expected " + pattern.dump() + "\n  got " + message.dump());
    } else if (line == "-- eof") {
      peer_.close_input();
    } else if (line == "-- stop") {
      peer_.stop();
    } else {
      fail("unknown line " + line);
    }
  }

  void expect_unordered() {
    while (!unordered_.empty()) {
      const Json message = next_message();
      auto found = unordered_.begin();
      while (found != unordered_.end() && !matches(*found, message)) ++found;
      if (found == unordered_.end()) fail("unexpected " + message.dump());
      unordered_.erase(found);
    }
  }

  void expect_end() {
    peer_.close_input();
    if (const auto line = peer_.receive(kPatience)) fail("unexpected at the end: " + *line);
    const int status = peer_.wait_for_end(kPatience);
    if (status != 0) fail("ended with " + std::to_string(status));
  }

  Json next_message() {
    const auto line = peer_.receive(kPatience);
    if (!line) fail("the server said nothing");
    return Json::parse(*line);
  }

  std::string with_captures(std::string text) const {
    for (const auto& [name, value] : captured_) {
      const std::string place = "${" + name + "}";
      for (std::size_t at = text.find(place); at != std::string::npos; at = text.find(place)) {
        text.replace(at, place.size(), value);
      }
    }
    return text;
  }

  bool matches(const Json& pattern, const Json& value) {
    if (pattern.is_string()) return matches_text(pattern.get<std::string>(), value);
    if (pattern.is_array()) {
      if (!value.is_array() || pattern.size() != value.size()) return false;
      for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (!matches(pattern[i], value[i])) return false;
      }
      return true;
    }
    return pattern.is_object() ? matches_object(pattern, value) : pattern == value;
  }

  bool matches_text(const std::string& pattern, const Json& value) {
    if (pattern == "${any}") return true;
    if (pattern.rfind("${", 0) == 0 && pattern.size() > 4 &&
        pattern.compare(pattern.size() - 2, 2, "=}") == 0) {
      if (!value.is_string()) return false;
      captured_[pattern.substr(2, pattern.size() - 4)] = value.get<std::string>();
      return true;
    }
    return value == pattern;
  }

  bool matches_object(const Json& pattern, const Json& value) {
    if (!value.is_object()) return false;
    const bool open = pattern.contains("...");
    if (!open && pattern.size() != value.size()) return false;
    for (const auto& [name, member] : pattern.items()) {
      if (name == "...") continue;
      const auto found = value.find(name);
      if (found == value.end() || !matches(member, *found)) return false;
    }
    return true;
  }

  [[noreturn]] void fail(const std::string& what) const {
    throw std::runtime_error(name_ + ":" + std::to_string(line_number_) + ": " + what);
  }

  const std::string name_;
  Peer& peer_;
  int line_number_ = 0;
  std::vector<Json> unordered_;
  std::map<std::string, std::string> captured_;
};

}  // namespace

void play(const std::filesystem::path& transcript, Peer& peer) {
  std::ifstream file(transcript);
  if (!file) throw std::runtime_error("cannot read " + transcript.string());
  Player(transcript.filename().string(), peer).play(file);
}

}  // namespace crossload::test
