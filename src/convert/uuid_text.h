#pragma once

#include <string>
#include <string_view>

namespace crossload::convert {

/// Lower-case letters and four hyphens from a UUID's text; empty where it is none.
std::string canonical_uuid(std::string_view text);
/// 16 bytes as text; `swapped` in the order of MySQL's UUID_TO_BIN(x, 1).
/// Source: dev.mysql.com "Miscellaneous Functions", UUID_TO_BIN.
std::string uuid_of_bytes(std::string_view bytes, bool swapped);
/// The inverse; `uuid` must be canonical.
std::string bytes_of_uuid(std::string_view uuid, bool swapped);

}  // namespace crossload::convert
