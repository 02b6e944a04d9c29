#pragma once

#include <filesystem>

#include "crossload/base/uri.h"
#include "crossload/model/schema.h"

namespace crossload::app {

/// The engine a URL's scheme names.
/// Throws: Error kInvalidArgument with the schemes there are.
Engine engine_of(const Uri& url);

/// Checks what the engine can do with the parts given, and brings the URL to one form: scheme
/// "sqlite", "postgresql" or "mysql", a SQLite path absolute from `folder`.
/// Throws: Error kInvalidArgument saying what is wrong, without quoting a value.
void settle_url(Uri& url, Engine engine, const std::filesystem::path& folder);

}  // namespace crossload::app
