#pragma once

#include <vector>

#include "crossload/model/schema.h"

namespace crossload::copy {

/// The tables with parents before children, as far as cycles allow; otherwise in the order given.
/// Self-references do not count.
std::vector<const Table*> parents_first(const std::vector<const Table*>& tables);

}  // namespace crossload::copy
