#pragma once

#include <map>
#include <string>

#include "crossload/model/schema.h"

namespace crossload::copy {

/// Where a table of one engine goes in another. Without an entry in `schema_map` the default schema
/// goes to the default place, PostgreSQL keeps its schemas in PostgreSQL, and elsewhere "s.t"
/// becomes "s__t". An entry names PostgreSQL's schema, or a prefix elsewhere; the default schema's
/// entry is found by its name or by "".
TableName target_name(const TableName& source, Engine from, Engine to,
                      const std::map<std::string, std::string>& schema_map);

/// A caller's schema_map as target_name() takes it: the default schemas of both sides are called
/// "". Throws: Error kInvalidArgument for a schema that the source has not, or for one named twice.
std::map<std::string, std::string> normal_schema_map(const std::map<std::string, std::string>& map,
                                                     const Schema& source,
                                                     const std::string& source_default, Engine to,
                                                     const std::string& target_default);

}  // namespace crossload::copy
