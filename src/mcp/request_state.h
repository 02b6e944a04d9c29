#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "crossload/base/clock.h"
#include "crossload/mcp/tool.h"

namespace crossload::mcp {

/// What an input_required result must remember until the client comes back.
struct RoundState {
  std::vector<std::string> asked;  ///< Only answers to these are accepted.
  Json answers = Json::object();   ///< Those of earlier rounds.
};

/// Signs the states that travel through the client and takes each back once: HMAC-SHA-256 with a
/// key of this process, bound to one method and its arguments, expiring. Thread: all methods from
/// any thread.
class RequestStates {
 public:
  /// Lifetime: the clock outlives it.
  explicit RequestStates(const Clock& clock);

  /// `<hex signature>.<base64 payload>`.
  std::string issue(const std::string& call_digest, const RoundState& state);
  /// nullopt where the text was not issued here, was changed, is of another call, has expired, or
  /// has been redeemed before.
  std::optional<RoundState> redeem(const std::string& text, const std::string& call_digest);

 private:
  std::string sign(const std::string& payload) const;

  const Clock& clock_;
  const std::string key_;
  std::mutex mutex_;
  std::map<std::string, std::int64_t> redeemed_;  // nonce -> expiry
};

/// Identifies a call by what it asks for, whatever the order of its members.
std::string call_digest(const std::string& method, const Json& params);

}  // namespace crossload::mcp
