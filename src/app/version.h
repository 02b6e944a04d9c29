#pragma once

namespace crossload::app {

/// The project's version; CMakeLists.txt is its only source.
inline constexpr const char* kVersion = CROSSLOAD_VERSION;

}  // namespace crossload::app
