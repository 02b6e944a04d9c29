#pragma once

#include <vector>

#include "crossload/driver/load_session.h"

#include "session.h"

namespace crossload::driver::postgres {

/// The table in the target that keeps the definitions of foreign keys which a load dropped, so that
/// a later session can make them again. It goes with its last row.
inline constexpr const char* kSavedKeysTable = "crossload_saved_keys";

enum class KeySide { kOutgoing, kBoth };

/// Drops the foreign keys of a table, or also those that point at it, and saves their definitions,
/// all in one transaction. Throws: Error kAccessDenied where the user owns not all of the tables.
void drop_keys(Session& session, const TableName& table, KeySide side);

/// Makes the keys again that drop_keys() dropped, NOT VALID: nothing has proved them. One that
/// cannot be made again (its table was changed meanwhile) stays saved and is told. Not inside a
/// transaction.
std::vector<FkProblem> restore_keys(Session& session);

}  // namespace crossload::driver::postgres
