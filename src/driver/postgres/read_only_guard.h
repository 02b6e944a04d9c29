#pragma once

#include <string>

#include "session.h"

namespace crossload::driver::postgres {

/// What a read-only session refuses although a READ ONLY transaction would let it through: whole
/// classes of statements, and calls of functions that may do more than tell something, be they
/// written in the statement or in a view that it reads. The statement must be one that the server
/// could analyse. Throws: Error kAccessDenied.
void check_read_only(Session& session, const std::string& sql);

}  // namespace crossload::driver::postgres
