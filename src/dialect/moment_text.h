#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crossload/model/schema.h"

namespace crossload::dialect {

/// A date, with or without a time of the day, as a literal spells it.
struct MomentText {
  std::string date;                 ///< "2020-12-31"
  std::optional<std::string> time;  ///< "23:59:59", with a fraction where it has one.
  bool utc = false;                 ///< Marked as UTC.
};

/// nullopt for any other text, other zones and dates with zeros in them.
std::optional<MomentText> read_moment(std::string_view text);

/// As values of the kind are written in the target: SQLite keeps them as texts of one form.
std::string moment_text(const MomentText& moment, TypeKind kind, Engine target);

}  // namespace crossload::dialect
