#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "crossload/mcp/tool.h"

/// Pieces of JSON Schema as the tools write them: plain types only, so that every client takes
/// them.
namespace crossload::tools::schema {

using mcp::Json;

/// Properties in the order in which they are shown.
using Properties = std::vector<std::pair<std::string, Json>>;

Json string(const std::string& description = {});
Json boolean(const std::string& description, std::optional<bool> otherwise = std::nullopt);
/// `maximum` 0: not bounded.
Json integer(const std::string& description, std::int64_t minimum, std::int64_t maximum = 0,
             std::optional<std::int64_t> otherwise = std::nullopt);
Json choice(const std::string& description, const std::vector<std::string>& values,
            const std::string& otherwise = {});
Json strings(const std::string& description);
/// An open object that is described in words.
Json object(const std::string& description);
/// Values for a statement's parameters.
Json sql_parameters();

/// The arguments of a tool: a closed object.
Json arguments(const Properties& properties, const std::vector<std::string>& required);

// For results, where brevity counts: tools/list carries them to every client.
Json count(const std::string& description = {});
Json number(const std::string& description = {});
Json flag(const std::string& description = {});
Json list(const std::string& description = {});
Json list_of(const Properties& members);
/// A list of objects that is described in words.
Json objects(const std::string& description);
/// columns and rows of a query.
Json columns();
Json rows();
/// The result of a tool: an open object that requires nothing, since errors have another shape.
Json result(const Properties& properties);

/// profile_name and database_name as every reading tool takes them.
Json profile_name();
Json database_name();

}  // namespace crossload::tools::schema
