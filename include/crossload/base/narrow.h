#pragma once

#include <string>
#include <utility>

#include "crossload/base/error.h"

namespace crossload {

/// Integer conversion that refuses to change the value. Throws: Error kInvalidArgument.
template <typename To, typename From>
To narrow(From value) {
  if (!std::in_range<To>(value)) {
    throw Error(ErrorCode::kInvalidArgument, "number out of range: " + std::to_string(value));
  }
  return static_cast<To>(value);
}

}  // namespace crossload
