#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace crossload::driver::mysql {

/// A column's constant default as the statement of SHOW CREATE TABLE says it, as hexadecimal digits
/// ("0x00FF") or "x''"; nullopt where it has none. For columns of bytes: information_schema stops
/// at the first zero byte (MySQL), and has '?' for what is no text (MariaDB). Pure.
std::optional<std::string> byte_default_of(std::string_view create_table, std::string_view column);

}  // namespace crossload::driver::mysql
