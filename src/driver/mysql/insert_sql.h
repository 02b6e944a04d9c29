#pragma once

#include <string>

#include "crossload/driver/row_io.h"

#include "session.h"

namespace crossload::driver::mysql {

/// How a request's conflicts are to be met.
enum class ConflictPlan {
  kNone,        ///< Every duplicate is a failure.
  kSkipOnly,    ///< The table has one unique key, and it is the one to go by.
  kUpdateOnly,  ///< The same, updating.
  kByKey,       ///< There are other unique keys: row by row, looking for the key first.
};

/// Throws: Error kInvalidArgument where the table has no unique key over the request's.
ConflictPlan conflict_plan(const WriteRequest& request);

/// What an INSERT does about a row whose key is there.
enum class OnDuplicate { kFail, kUpdate, kKeep };

/// INSERT of so many rows. Pure.
std::string insert_statement(const WriteRequest& request, std::size_t rows,
                             OnDuplicate on_duplicate, const Capabilities& capabilities);

}  // namespace crossload::driver::mysql
