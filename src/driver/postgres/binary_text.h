#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace crossload::driver::postgres {

inline constexpr std::size_t kUuidBytes = 16;

// Each appends the text that the server itself prints for a value in binary form.

/// `bytes`: kUuidBytes of them.
void uuid_text(std::string& out, std::string_view bytes);
/// Units: days since 2000-01-01.
void date_text(std::string& out, std::int32_t days);
/// Units: microseconds since midnight.
void time_text(std::string& out, std::int64_t micros);
/// Units: microseconds since 2000-01-01. `zone` stands behind the time.
void timestamp_text(std::string& out, std::int64_t micros, std::string_view zone);
/// False for what is no numeric.
bool numeric_text(std::string& out, std::string_view data);

}  // namespace crossload::driver::postgres
