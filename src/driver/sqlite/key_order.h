#pragma once

#include <vector>

#include "crossload/driver/row_io.h"

#include "select_sql.h"
#include "session.h"

namespace crossload::driver::sqlite {

/// The order that reading by the request's key follows: that of the table's own storage, so that
/// the server reads straight on instead of sorting.
std::vector<OrderTerm> key_order(Session& session, const ReadRequest& request);

}  // namespace crossload::driver::sqlite
