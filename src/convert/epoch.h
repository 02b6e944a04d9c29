#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "temporal_text.h"

namespace crossload::convert {

/// The moment that a number means under the rule epoch; `digits` keeps the fraction that the moment
/// points to. nullopt where the number is none, or lies beyond what is counted.
/// `unit`: seconds, milliseconds, microseconds, julian.
std::optional<MomentText> moment_of_number(std::string_view number, std::string_view unit,
                                           std::string& digits);

}  // namespace crossload::convert
