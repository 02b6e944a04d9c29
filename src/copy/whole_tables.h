#pragma once

#include <functional>
#include <set>
#include <vector>

#include "crossload/dialect/schema_script.h"
#include "crossload/driver/driver.h"

namespace crossload::copy {

/// Makes tables of MySQL's kind, each with its indexes and those foreign keys that can be made by
/// then in one statement (SchemaItem::part), parents first, over several sessions of one database
/// at a time: a server that brings every statement to its disk does a fraction of the work so.
/// What was made that way is returned. The rest is still to be tried by its own statement: what
/// stands beside a refused part, keys around a circle, and what `go_on` left no time for; of a
/// statement that was refused nothing is there. Items of which `wanted` says no are left alone.
/// Thread: `go_on` is asked from several.
std::set<const dialect::SchemaItem*> make_whole_tables(
    const dialect::SchemaScript& script, const std::vector<driver::Connection*>& sessions,
    const std::function<bool(const dialect::SchemaItem&)>& wanted,
    const std::function<bool()>& go_on);

/// Has the server take tables of MySQL's kind with their indexes as temporary ones, which it keeps
/// off its disk: fifty in the time of one. What it took that way is returned, and nothing of it is
/// there any more. A refusal says nothing: temporary tables have neither FULLTEXT nor partitions.
std::set<const dialect::SchemaItem*> take_as_temporary(
    const dialect::SchemaScript& script, driver::Connection& session,
    const std::function<bool(const dialect::SchemaItem&)>& wanted,
    const std::function<bool()>& go_on);

}  // namespace crossload::copy
