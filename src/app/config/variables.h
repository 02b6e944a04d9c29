#pragma once

#include <string>
#include <string_view>

#include "config.h"

namespace crossload::app {

/// Replaces each ${NAME} by the variable's value; "$${" stands for a plain "${".
/// Throws: Error kInvalidArgument naming a variable that is not set, or a "${" without name and
/// '}'.
std::string expand(std::string_view text, const Variables& variables);

/// As expand, for a URL: a value that lands in its user name or password is taken as it is,
/// whatever signs it holds; elsewhere it is part of the URL's own text.
std::string expand_url(std::string_view text, const Variables& variables);

}  // namespace crossload::app
