#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "crossload/driver/row_io.h"

#include "session.h"

namespace crossload::driver::mysql {

/// Runs one statement of a caller; see Connection::query().
std::unique_ptr<RowReader> run_for_caller(Session& session, std::string_view sql,
                                          const std::vector<Value>& parameters);

}  // namespace crossload::driver::mysql
