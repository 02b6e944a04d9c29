#pragma once

#include <set>
#include <string>

#include "crossload/dialect/schema_script.h"
#include "crossload/model/schema.h"

namespace crossload::copy {

/// What a database holds, each thing by one text: kind, table where it hangs on one, name. Case
/// counts in PostgreSQL only.
std::set<std::string> object_keys(const Schema& schema);

/// The text under which the thing that a statement makes stands among the keys; for a statement
/// that makes nothing of its own (a comment), one that no thing has.
std::string object_key(const dialect::SchemaItem& item, Engine engine);
std::string table_key(const TableName& table, Engine engine);

}  // namespace crossload::copy
