#pragma once

#include <cstddef>
#include <string>

#include "crossload/driver/row_io.h"

#include "session.h"

namespace crossload::driver::postgres {

/// COPY of the request's columns from the client into a table.
std::string copy_statement(const std::string& table, const WriteRequest& request, bool binary);

/// An INSERT of so many rows, with the request's way of going about rows that are there already.
std::string insert_statement(const Session& session, const WriteRequest& request, std::size_t rows);

/// A table of the session's own that a row comes by on its way.
inline constexpr const char* kWaypointName = "crossload_waypoint";
inline constexpr const char* kWaypointTable = "pg_temp.crossload_waypoint";
/// Makes it: the request's columns, and no more.
std::string waypoint_statement(const Session& session, const WriteRequest& request);
/// As insert_statement(), of the rows that lie there.
std::string insert_from_waypoint(const Session& session, const WriteRequest& request);

}  // namespace crossload::driver::postgres
