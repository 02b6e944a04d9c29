// Any text as a configuration: it is accepted whole or refused with an Error, and a secret that
// came from the environment shows in no message.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "crossload/base/error.h"

#include "config/config.h"

namespace {

constexpr std::string_view kSecret = "S3same/ Open:47@11";

std::optional<std::string> variable(const std::string& name) {
  if (name == "UNSET") return std::nullopt;
  return std::string(kSecret);
}

bool tells_the_secret(const std::string& message) {
  // A path has to be named, even where a variable gave it.
  return message.find(kSecret) != std::string::npos &&
         message.find("key 'password_file'") == std::string::npos;
}

void check_accepted(const crossload::app::Config& config) {
  if (!config.state_dir.is_absolute() || config.profiles.empty()) std::abort();
  for (const auto& profile : config.profiles) {
    if (profile.endpoint.profile.empty() || !profile.endpoint.url.password.empty()) std::abort();
  }
  for (const std::string& warning : config.warnings) {
    if (tells_the_secret(warning)) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const bool written_out = text.find(kSecret) != std::string::npos;
  try {
    check_accepted(crossload::app::parse_config(text, "/nonexistent/crossload.json", variable));
  } catch (const crossload::Error& error) {
    if (error.code() != crossload::ErrorCode::kInvalidArgument) std::abort();
    if (!written_out && tells_the_secret(error.message())) std::abort();
  }
  return 0;
}
