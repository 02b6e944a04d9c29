#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crossload::driver::postgres {

/// Where in the data of a COPY FROM the server found a fault.
struct CopyPlace {
  std::size_t line = 0;  ///< From 1.
  std::string column;    ///< Empty where the server does not say.
};

/// Reads an error's context. Shape, on a line of its own: COPY table, line 3, column c: "value".
/// `columns`: those of the COPY; a name that is none of them is left out. nullopt where the context
/// names no line, as for foreign keys. Source: src/backend/commands/copyfrom.c
/// CopyFromErrorCallback.
std::optional<CopyPlace> copy_place(std::string_view context, std::string_view table,
                                    const std::vector<std::string>& columns);

}  // namespace crossload::driver::postgres
