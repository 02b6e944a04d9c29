#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crossload/model/schema.h"

namespace crossload::dialect {

/// A function that the engines have under some name, with the same meaning.
struct KnownFunction {
  /// "name($1, $2)", first the one to write, behind " | " more that are read. "=" before one that
  /// is only written. Empty: the engine has none.
  std::string_view sqlite;
  std::string_view postgres;
  std::string_view mysql;
  /// Of each argument: t text, n number, i whole number, b bytes.
  std::string_view arguments;
  char result;                 ///< t, i, f float, n as the first argument.
  std::string_view note = {};  ///< Told where SQLite is one of the two.
};

/// A call of it: which argument of the source is $1, $2, ...
struct FoundFunction {
  const KnownFunction* function = nullptr;
  std::vector<std::size_t> order;
};

/// The function that a call of the source means; nullopt where no row has it.
std::optional<FoundFunction> find_function(Engine source, std::string_view name,
                                           std::size_t arguments);
/// How the target writes it; empty where it has none.
std::string_view spelling_in(const KnownFunction& function, Engine target);

}  // namespace crossload::dialect
