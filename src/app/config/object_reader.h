#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config.h"
#include "json_text.h"

namespace crossload::app {

/// One object of the configuration, read key by key. Every message names the key; values are not
/// quoted. Lifetime: must not outlive the JSON or the variables.
class ObjectReader {
 public:
  /// `where` opens every message, e.g. "profile 'shop'"; empty at the root.
  /// Throws: Error kInvalidArgument unless `json` is an object whose keys are all in `known`.
  ObjectReader(const Json& json, std::string where, const std::vector<std::string>& known,
               const Variables& variables);

  /// nullptr where the key is absent.
  const Json* find(const std::string& key) const;
  /// A text with its variables expanded. Throws: Error kInvalidArgument unless it is a string.
  std::optional<std::string> text(const std::string& key) const;
  /// A list of texts. Throws: Error kInvalidArgument unless it is a list of strings, none empty.
  std::optional<std::vector<std::string>> texts(const std::string& key) const;
  /// A text as it stands in the file. Throws: as text().
  std::optional<std::string> raw_text(const std::string& key) const;

  /// An Error that names this object, the key and what is wrong.
  Error wrong(const std::string& key, std::string_view what) const;
  const Variables& variables() const { return variables_; }

 private:
  const Json& json_;
  std::string where_;
  const Variables& variables_;
};

/// " (did you mean 'access'?)" or, where nothing is near, the whole list.
std::string hint_for(std::string_view wanted, const std::vector<std::string>& known);

}  // namespace crossload::app
