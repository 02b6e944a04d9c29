#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "crossload/driver/driver.h"
#include "crossload/mcp/tool.h"

namespace crossload::tools {

struct Deadline {
  std::chrono::seconds limit;
  /// What is being done, for progress and the error: "query", "statement 3 of 8".
  std::function<std::string()> what;
  std::string suggestion;  ///< What to do when the time is up.
};

/// Runs `work`, which uses `connections` (nullptr: none), on a thread of its own, while the
/// caller's thread tells progress and watches the clock and the call's stop token. At either's end
/// the running statements are cancelled on their servers. Throws: what `work` throws; Error
/// kCancelled when the time was up or the caller gave up.
void run_with_deadline(const std::vector<driver::Connection*>& connections,
                       mcp::ToolContext& context, const Deadline& deadline,
                       const std::function<void()>& work);

}  // namespace crossload::tools
