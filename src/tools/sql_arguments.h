#pragma once

#include <vector>

#include "crossload/model/value.h"

#include "arguments.h"

namespace crossload::tools {

/// `params` of a call. Throws: Error kInvalidArgument naming the parameter.
std::vector<Value> sql_parameters(const Json& arguments);

/// Throws: Error kAccessDenied where the text speaks of crossload's own ledger.
void refuse_ledger(const std::string& sql);

}  // namespace crossload::tools
