#pragma once

#include <memory>
#include <optional>

#include "crossload/driver/row_io.h"

#include "insert_sql.h"
#include "session.h"
#include "write_plan.h"

namespace crossload::driver::mysql {

/// Sends rows of a batch by one statement.
class Insert {
 public:
  virtual ~Insert() = default;
  /// How many of so many rows one statement takes.
  virtual std::size_t fit(std::size_t rows) const = 0;
  /// The error of the statement, which then wrote nothing (into a table with transactions).
  virtual std::optional<Error> send(const RowBatch& batch, std::size_t first, std::size_t rows) = 0;
};

/// By array binding where the server has it, else by statements of many rows. Lifetime: `request`
/// and `columns` outlive it.
std::unique_ptr<Insert> make_insert(Session& session, const WriteRequest& request,
                                    const std::vector<WriteColumn>& columns,
                                    OnDuplicate on_duplicate);

}  // namespace crossload::driver::mysql
