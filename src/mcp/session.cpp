#include "session.h"

#include <algorithm>
#include <array>
#include <utility>

namespace crossload::mcp {
namespace {

constexpr std::array<std::string_view, 8> kLogLevels{"debug", "info",     "notice", "warning",
                                                     "error", "critical", "alert",  "emergency"};

rpc::ErrorObject invalid_params(const std::string& message) {
  return {rpc::kInvalidParams, message, nullptr};
}

/// `_meta` where it is an object, else an empty one.
Json meta_of(const Json& params) {
  if (!params.is_object()) return Json::object();
  const auto meta = params.find("_meta");
  return meta != params.end() && meta->is_object() ? *meta : Json::object();
}

bool claims_modern(const std::string& method, const Json& meta) {
  return method == "server/discover" || method == "subscriptions/listen" ||
         meta.contains(kMetaProtocolVersion) || meta.contains(kMetaClientCapabilities) ||
         meta.contains(kMetaClientInfo);
}

std::optional<Json> progress_token(const Json& meta) {
  const auto token = meta.find("progressToken");
  if (token == meta.end() || !(token->is_string() || token->is_number_integer())) {
    return std::nullopt;
  }
  return *token;
}

Caller modern_caller(const Json& meta) {
  const auto version = meta.find(kMetaProtocolVersion);
  if (version == meta.end() || !version->is_string()) {
    throw invalid_params(std::string("_meta needs ") + kMetaProtocolVersion + ", a string");
  }
  const auto capabilities = meta.find(kMetaClientCapabilities);
  if (capabilities == meta.end() || !capabilities->is_object()) {
    throw invalid_params(std::string("_meta needs ") + kMetaClientCapabilities + ", an object");
  }
  if (*version != to_string(kModern)) {
    throw rpc::ErrorObject{
        kUnsupportedVersion,
        "Unsupported protocol version",
        {{"supported", Json::array({to_string(kModern)})}, {"requested", *version}}};
  }
  Caller caller;
  caller.revision = kModern;
  caller.capabilities = *capabilities;
  if (const auto level = meta.find(kMetaLogLevel); level != meta.end()) {
    if (!level->is_string() || !log_level_rank(level->get<std::string>())) {
      throw invalid_params(std::string(kMetaLogLevel) + " is no log level");
    }
    caller.log_level = level->get<std::string>();
  }
  return caller;
}

}  // namespace

bool Caller::declares(const std::string& capability) const {
  const auto found = capabilities.find(capability);
  return found != capabilities.end() && found->is_object();
}

bool Caller::can_elicit() const {
  if (revision < Revision::kV20250618 || !declares("elicitation")) return false;
  const Json& modes = capabilities["elicitation"];
  return modes.contains("form") || !modes.contains("url");
}

std::optional<int> log_level_rank(std::string_view level) {
  const auto found = std::find(kLogLevels.begin(), kLogLevels.end(), level);
  if (found == kLogLevels.end()) return std::nullopt;
  return static_cast<int>(found - kLogLevels.begin());
}

Caller Session::identify(const rpc::Request& request) const {
  const Json meta = meta_of(request.params);
  Caller caller;
  if (claims_modern(request.method, meta)) {
    caller = modern_caller(meta);
  } else {
    std::lock_guard lock(mutex_);
    caller.revision = revision_;
    caller.capabilities = capabilities_;
    caller.log_level = log_level_;
  }
  caller.progress_token = progress_token(meta);
  return caller;
}

Revision Session::initialize(const Json& params) {
  const auto version = params.is_object() ? params.find("protocolVersion") : params.end();
  if (version == params.end() || !version->is_string()) {
    throw invalid_params("initialize needs protocolVersion, a string");
  }
  std::optional<Revision> revision = parse_revision(version->get<std::string>());
  // 2026-07-28 has no handshake: a client that shakes hands for it means the latest that has one.
  if (!revision || *revision > kLatestLegacy) revision = kLatestLegacy;
  const auto capabilities = params.find("capabilities");

  std::lock_guard lock(mutex_);
  revision_ = *revision;
  capabilities_ =
      capabilities != params.end() && capabilities->is_object() ? *capabilities : Json::object();
  log_level_ = "debug";
  return revision_;
}

Revision Session::revision() const {
  std::lock_guard lock(mutex_);
  return revision_;
}

void Session::set_log_level(std::string level) {
  std::lock_guard lock(mutex_);
  log_level_ = std::move(level);
}

}  // namespace crossload::mcp
