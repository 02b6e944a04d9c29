#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace crossload::driver::postgres {

/// The names in a statement, spelled as the server takes them: bare ones in lower case, quoted ones
/// without their quotes.
struct SqlNames {
  std::string first_word;            ///< Behind opening parentheses; empty where there is none.
  std::vector<std::string> called;   ///< Followed by an opening parenthesis.
  std::vector<std::string> members;  ///< Behind a dot and not called: a column, or f of t.f.
  std::vector<std::string> others;
  std::vector<std::string> operators;  ///< Runs of operator characters.
  bool has_unicode_names = false;      ///< U&"..." stands in it; what it spells is not told.
};

/// Looks through a statement by the server's lexical rules under standard_conforming_strings. Never
/// fails. Source: PostgreSQL 15 manual, 4.1; src/backend/parser/scan.l.
SqlNames names_in(std::string_view sql);

}  // namespace crossload::driver::postgres
