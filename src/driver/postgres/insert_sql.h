#pragma once

#include <cstddef>
#include <string>

#include "crossload/driver/row_io.h"

#include "session.h"

namespace crossload::driver::postgres {

/// COPY of the request's columns from the client.
std::string copy_statement(const Session& session, const WriteRequest& request, bool binary);

/// An INSERT of so many rows, with the request's way of going about rows that are there already.
std::string insert_statement(const Session& session, const WriteRequest& request, std::size_t rows);

}  // namespace crossload::driver::postgres
