#pragma once

#include "crossload/base/error.h"

namespace crossload::copy {

/// True where an error is the statement's own matter, and the next statement may well succeed; a
/// lock, a full disk or a damaged file is not.
bool is_statements_fault(const Error& error);

}  // namespace crossload::copy
