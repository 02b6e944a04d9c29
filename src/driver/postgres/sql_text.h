#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "crossload/model/value.h"

#include "session.h"

namespace crossload::driver::postgres {

/// An identifier in quotes.
std::string quote(std::string_view identifier);
/// "a", "b": identifiers in quotes with commas between them.
std::string quoted_list(const std::vector<std::string>& names);
/// A text as a literal of type text or, where something else is called for, of that type.
std::string text_literal(std::string_view text);
/// A value's text, as the server reads it into a column that holds such values; nullopt: NULL.
Parameter parameter_text(const Value& value);
/// The same as a literal that takes on the type of what it is compared with.
std::string untyped_literal(const Value& value);

}  // namespace crossload::driver::postgres
