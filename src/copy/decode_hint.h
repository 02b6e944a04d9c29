#pragma once

#include <string>
#include <vector>

#include "crossload/copy/migration.h"
#include "crossload/driver/driver.h"

namespace crossload::copy {

/// Columns of MySQL's latin1 among whose first texts are some whose bytes are UTF-8, stored as
/// latin1 once: a sentence each, with the rule that decodes them. Those for which the caller chose
/// a value of that rule are left out.
std::vector<std::string> decode_hints(driver::Connection& source, const Table& table,
                                      const TablePlan& plan, const Rules& rules);

}  // namespace crossload::copy
