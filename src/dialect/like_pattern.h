#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crossload::dialect {

/// A pattern of LIKE or GLOB, apart from how an engine spells it.
struct LikePattern {
  enum class Part { kCharacter, kOne, kAny };
  struct Piece {
    Part part = Part::kCharacter;
    char character = '\0';
  };
  bool known = true;
  std::vector<Piece> pieces;

  bool has_letters() const;           ///< That case could matter for.
  bool has_wildcard_letters() const;  ///< % _ or \ that mean themselves.
  std::string as_like() const;        ///< With backslashes before what means itself.
  std::string as_glob() const;
};

LikePattern read_like(std::string_view pattern, std::optional<char> escape);
/// Not known where it holds a set of characters.
LikePattern read_glob(std::string_view pattern);

/// Only what POSIX, PCRE and ICU read alike.
bool is_plain_regexp(std::string_view pattern);

}  // namespace crossload::dialect
