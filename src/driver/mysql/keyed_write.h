#pragma once

#include <optional>
#include <vector>

#include "crossload/driver/row_io.h"

#include "key_facts.h"
#include "session.h"
#include "write_plan.h"

namespace crossload::driver::mysql {

struct KeyedResult {
  bool is_there =
      false;  ///< A row with the key was there; it has been updated where that is asked.
  std::optional<Error> error = {};
};

/// on_conflict for tables with several unique keys: looks for the row by the one key to go by, so
/// that a duplicate of any other stays a failure. Lifetime: `request` and `columns` outlive it.
class KeyedWrite {
 public:
  KeyedWrite(Session& session, const WriteRequest& request,
             const std::vector<WriteColumn>& columns);
  /// Leaves an INSERT to the caller where no row has the key.
  KeyedResult find_or_update(const RowBatch& batch, std::size_t row);

 private:
  Session& session_;
  const WriteRequest& request_;
  const std::vector<WriteColumn>& columns_;
  std::map<std::string, ColumnFacts> facts_;
  std::vector<std::size_t> key_;  ///< Positions among the columns.
  StatementHandle statement_;
};

}  // namespace crossload::driver::mysql
