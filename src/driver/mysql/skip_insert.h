#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "crossload/driver/row_io.h"

#include "insert.h"
#include "key_facts.h"
#include "session.h"
#include "write_plan.h"

namespace crossload::driver::mysql {

/// Inserts rows into a table with one unique key and leaves those out whose key is there. The
/// server's count does not tell them apart (it counts the rows found), so the rows with the keys
/// are counted before and behind. Lifetime: `request` and `columns` outlive it.
class SkipInsert {
 public:
  SkipInsert(Session& session, const WriteRequest& request,
             const std::vector<WriteColumn>& columns);
  /// False where a key may be NULL: then it cannot be counted by.
  static bool serves(const WriteRequest& request);

  std::size_t fit(std::size_t rows) const;
  std::optional<Error> send(const RowBatch& batch, std::size_t first, std::size_t rows);
  /// How many of the rows that were sent last were inserted.
  std::size_t written(const RowBatch& batch, std::size_t first, std::size_t rows);

 private:
  std::uint64_t count(const RowBatch& batch, std::size_t first, std::size_t rows);
  MYSQL_STMT* count_statement(std::size_t rows);

  Session& session_;
  const WriteRequest& request_;
  const std::vector<WriteColumn>& columns_;
  std::unique_ptr<Insert> insert_;
  std::map<std::string, ColumnFacts> facts_;
  std::vector<std::size_t> key_;  ///< Positions among the columns.
  std::map<std::size_t, StatementHandle> counts_;
  std::uint64_t before_ = 0;
};

}  // namespace crossload::driver::mysql
