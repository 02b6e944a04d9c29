#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "crossload/copy/migration.h"
#include "crossload/driver/driver.h"

namespace crossload::copy {

/// Proves the foreign keys of the migrated tables, and those of other tables that point at them.
/// Orphans are listed in fk_violations.jsonl, which is written anew; keys that cannot be checked go
/// to `note`, the first orphan of each key to `one_a_key`. Returns the number of orphans.
std::uint64_t check_foreign_keys(const Plan& plan, driver::Connection& target,
                                 driver::LoadSession& load, const std::filesystem::path& file,
                                 std::vector<driver::FkOrphan>& one_a_key,
                                 const std::function<void(const std::string&)>& note);

}  // namespace crossload::copy
