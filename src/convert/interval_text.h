#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "temporal_text.h"

namespace crossload::convert {

/// An ISO 8601 duration as PostgreSQL prints it: each part with its own sign.
struct Duration {
  std::int64_t months = 0;
  std::int64_t days = 0;
  std::int64_t microseconds = 0;
};

/// Reads "P1Y2M-3DT4H5M6.7S" with a sign before any number; nullopt for anything else, weeks and
/// more than six decimals among it.
std::optional<Duration> parse_duration(std::string_view text);
/// A time as a duration without days: "PT-1H-30M-0.5S", "PT0S".
std::string duration_of(const TimeParts& time);
/// "[-]hh:mm:ss[.ffffff]" of a duration's microseconds.
std::string time_of(std::int64_t microseconds);

}  // namespace crossload::convert
