#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "crossload/driver/row_io.h"

#include "affinity.h"
#include "session.h"

namespace crossload::driver::sqlite {

/// Inserts rows by statements of many rows each; a group that fails is tried again row by row, so
/// that a failure names its row.
class SqliteRowWriter : public RowWriter {
 public:
  SqliteRowWriter(Session& session, WriteRequest request);
  WriteOutcome write(const RowBatch& batch, std::size_t first, std::size_t last) override;

 private:
  /// What the engine cannot hold as it is, found before it is asked.
  struct BadCell {
    const char* code;
    std::size_t column;
    std::string message;
  };

  static BadCell changed_by_affinity(std::size_t column);
  std::optional<BadCell> bind_row(sqlite3_stmt* statement, int& parameter, const RowBatch& batch,
                                  std::size_t row) const;
  bool write_group(const RowBatch& batch, std::size_t first, WriteOutcome& outcome);
  bool write_row(const RowBatch& batch, std::size_t row, WriteOutcome& outcome);
  void count(std::size_t rows, WriteOutcome& outcome) const;
  WriteFailure failure_of(const BadCell& cell, std::size_t row) const;
  WriteFailure failure_of(int result, std::size_t row) const;
  void check_transaction() const;

  Session& session_;
  WriteRequest request_;
  std::size_t group_rows_;
  StatementHandle group_;
  StatementHandle single_;
  std::size_t singly_ = 0;            ///< So many rows more are written one by one.
  std::vector<Affinity> affinities_;  ///< By column of the request.
  std::optional<std::size_t> rowid_column_;
};

}  // namespace crossload::driver::sqlite
