#include "request_state.h"

#include <array>
#include <chrono>
#include <cstdint>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "crossload/base/error.h"
#include "crossload/base/strings.h"
#include "crossload/rpc/message.h"

namespace crossload::mcp {
namespace {

constexpr std::chrono::minutes kLifetime{10};
constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kNonceBytes = 16;

std::int64_t to_millis(SteadyTime time) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

std::string to_hex(const unsigned char* bytes, std::size_t count) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text.push_back(kDigits[bytes[i] >> 4U]);
    text.push_back(kDigits[bytes[i] & 0x0FU]);
  }
  return text;
}

bool equal_in_constant_time(const std::string& a, const std::string& b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace

RequestStates::RequestStates(const Clock& clock) : clock_(clock), key_(random_hex(kKeyBytes)) {}

std::string RequestStates::sign(const std::string& payload) const {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  const auto* bytes = reinterpret_cast<const unsigned char*>(payload.data());
  if (HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()), bytes, payload.size(),
           digest.data(), &size) == nullptr) {
    throw Error(ErrorCode::kMigrationFailed, "HMAC-SHA-256 is not available");
  }
  return to_hex(digest.data(), size);
}

std::string RequestStates::issue(const std::string& call_digest, const RoundState& state) {
  const Json content = {{"digest", call_digest},
                        {"nonce", random_hex(kNonceBytes)},
                        {"expires", to_millis(clock_.steady() + kLifetime)},
                        {"asked", state.asked},
                        {"answers", state.answers}};
  const std::string payload = base64_encode(rpc::to_line(content));
  return sign(payload) + "." + payload;
}

std::optional<RoundState> RequestStates::redeem(const std::string& text,
                                                const std::string& call_digest) {
  const std::size_t dot = text.find('.');
  if (dot == std::string::npos) return std::nullopt;
  const std::string payload = text.substr(dot + 1);
  if (!equal_in_constant_time(text.substr(0, dot), sign(payload))) return std::nullopt;

  // Signed by this process: from here on the content is what issue() wrote.
  const Json content = Json::parse(base64_decode(payload));
  const std::int64_t now = to_millis(clock_.steady());
  const auto expires = content.at("expires").get<std::int64_t>();
  if (content.at("digest") != call_digest || expires <= now) return std::nullopt;
  {
    std::lock_guard lock(mutex_);
    std::erase_if(redeemed_, [&](const auto& entry) { return entry.second <= now; });
    if (!redeemed_.emplace(content.at("nonce").get<std::string>(), expires).second) {
      return std::nullopt;
    }
  }
  return RoundState{content.at("asked").get<std::vector<std::string>>(), content.at("answers")};
}

std::string call_digest(const std::string& method, const Json& params) {
  // nlohmann::json keeps members sorted, ordered_json as they came.
  nlohmann::json identity = nlohmann::json::object();
  identity["method"] = method;
  for (const char* member : {"name", "uri", "arguments"}) {
    const auto found = params.find(member);
    if (found != params.end()) identity[member] = nlohmann::json::parse(rpc::to_line(*found));
  }
  return sha256_hex(identity.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

}  // namespace crossload::mcp
