#include "json_text.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "crossload/base/error.h"
#include "crossload/base/strings.h"

namespace crossload::app {
namespace {

constexpr int kMaxDepth = 16;

/// "line 3, column 7" of the byte at `offset`.
std::string place(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const auto lines = std::count(before.begin(), before.end(), '\n');
  const std::size_t line_start = before.rfind('\n') + 1;
  return "line " + std::to_string(lines + 1) + ", column " +
         std::to_string(before.size() - line_start + 1);
}

/// Watches the parser for what JSON lets through: a key given twice, nesting without end.
class StrictWatcher {
 public:
  bool operator()(int depth, Json::parse_event_t event, const Json& parsed) {
    if (depth > kMaxDepth) throw Error(ErrorCode::kInvalidArgument, "it is nested too deeply");
    if (event == Json::parse_event_t::object_start) {
      keys_.emplace_back();
    } else if (event == Json::parse_event_t::object_end) {
      keys_.pop_back();
    } else if (event == Json::parse_event_t::key) {
      const auto& key = parsed.get_ref<const std::string&>();
      if (!keys_.back().insert(key).second) {
        throw Error(ErrorCode::kInvalidArgument, "the key '" + key + "' is given twice");
      }
    }
    return true;
  }

 private:
  std::vector<std::set<std::string>> keys_;
};

}  // namespace

Json parse_json_with_comments(std::string_view text) {
  StrictWatcher watcher;
  try {
    return Json::parse(
        text.begin(), text.end(),
        [&](int depth, Json::parse_event_t event, Json& parsed) {
          return watcher(depth, event, parsed);
        },
        true, true);
  } catch (const Json::parse_error& error) {
    const std::size_t offset = error.byte == 0 ? 0 : error.byte - 1;
    throw Error(ErrorCode::kInvalidArgument,
                "it is not valid JSON at " + place(text, offset) +
                    " (look for a missing or extra comma, quote or bracket)");
  } catch (const Json::exception&) {
    throw Error(ErrorCode::kInvalidArgument, "it holds a number that is out of range");
  }
}

}  // namespace crossload::app
