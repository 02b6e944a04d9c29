#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crossload/base/secret.h"

namespace crossload {

/// A connection URL, percent-decoded part by part.
/// Shape: scheme://[user[:password]@][host][:port][/path][?key=value&...], or scheme:path
/// (sqlite:data/).
struct Uri {
  std::string scheme;
  std::string user;
  Secret password;
  std::string host;  ///< Without brackets for IPv6.
  std::optional<int> port;
  std::string path;  ///< Without the leading slash where an authority stands before it.
  std::vector<std::pair<std::string, std::string>> query;
  bool authority = false;  ///< "//" followed the scheme.

  /// The value of a query key; nullopt where it is absent.
  std::optional<std::string> parameter(std::string_view key) const;

  /// Throws: Error kInvalidArgument saying what is wrong; never quotes any part of the text, since
  /// a password that was not percent-encoded can land in each.
  static Uri parse(std::string_view text);

  /// The URL again with the password left out and secret parameters as "***"; for messages and
  /// logs.
  std::string redacted() const;
};

}  // namespace crossload
