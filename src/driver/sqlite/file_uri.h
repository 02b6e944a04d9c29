#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace crossload::driver::sqlite {

/// A file as a URI that SQLite opens with the given query ("mode=ro").
/// Source: sqlite.org/uri.html.
std::string file_uri(const std::filesystem::path& file, std::string_view query);

}  // namespace crossload::driver::sqlite
