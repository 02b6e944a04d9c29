#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "crossload/model/schema.h"

#include "lexer.h"

namespace crossload::dialect {

/// Follows one statement token by token and knows whether a semicolon ends it or stands inside a
/// body.
class BodyTracker {
 public:
  virtual ~BodyTracker() = default;
  /// Called for each token of the statement, its delimiters that did not end it included.
  virtual void see(const Token& token) = 0;
  virtual bool inside_body() const = 0;
};

/// A tracker at the beginning of a statement.
std::unique_ptr<BodyTracker> make_body_tracker(Engine engine);

}  // namespace crossload::dialect
