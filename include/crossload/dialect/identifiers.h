#pragma once

#include <string>
#include <string_view>

#include "crossload/model/schema.h"

namespace crossload::dialect {

/// The name as the engine can have it: PostgreSQL cuts names at 63 bytes, MySQL refuses more than
/// 64 characters and turns those above U+FFFF into question marks. A name that does not fit is cut
/// and gets "_" and eight digits of its hash, so that other long names stay apart. Source:
/// postgresql.org/docs/15 "4.1.1"; dev.mysql.com "Schema Object Names".
std::string fitting_identifier(std::string_view name, Engine engine);

}  // namespace crossload::dialect
