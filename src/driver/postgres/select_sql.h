#pragma once

#include <string>
#include <vector>

#include <libpq-fe.h>

#include "crossload/driver/row_io.h"

namespace crossload::driver::postgres {

/// The columns that a request's batches have: those asked for, then key columns that were not.
std::vector<std::string> columns_read(const ReadRequest& request);

/// A statement that has the request's columns, so that the server may tell their types.
std::string probe_statement(const ReadRequest& request, const std::string& table);

/// The statement that reads the request in key order. `table` as the FROM clause has it; `types`
/// those of columns_read().
std::string select_statement(const ReadRequest& request, const std::string& table,
                             const std::vector<Oid>& types);

}  // namespace crossload::driver::postgres
