#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "crossload/driver/row_io.h"

#include "session.h"

namespace crossload::driver::sqlite {

/// How a read goes on behind a row: the batch's columns that are its key, and the statement, bound.
struct ReadBehind {
  std::vector<std::size_t> key;
  std::function<StatementHandle(const std::vector<Value>& after)> statement;
};

/// Rows of one statement. Values keep their storage class; text comes as its bytes, whatever they
/// hold.
class SqliteRowReader : public RowReader {
 public:
  /// `columns`: how many of the statement's columns the batches have. The statement is bound
  /// already.
  SqliteRowReader(Session& session, StatementHandle statement, std::size_t columns);

  /// SQLite keeps a large value of each column until the statement ends: behind such a row the read
  /// goes on with another one. Lifetime: what it refers to outlives the reader.
  void set_behind(ReadBehind behind) { behind_ = std::move(behind); }

  /// Runs the statement up to its first row, or to its end where it has none.
  void start();

  const std::vector<ResultColumn>& columns() const override { return columns_; }
  bool read(RowBatch& batch, const BatchLimits& limits) override;
  std::uint64_t affected_rows() const override { return affected_rows_; }

 private:
  struct Cell {
    CellKind kind = CellKind::kNull;
    std::int64_t number = 0;
    double real = 0;
    const char* data = nullptr;
    std::size_t size = 0;
  };

  bool advance();
  std::size_t load_row();
  void append_row(RowBatch& batch) const;
  void free_large_row(const RowBatch& batch);

  Session& session_;
  StatementHandle statement_;
  ReadBehind behind_;
  std::vector<ResultColumn> columns_;
  std::vector<Cell> row_;
  bool on_row_ = false;  ///< A row was fetched and is not in any batch yet.
  bool done_ = false;
  std::int64_t changes_before_ = 0;
  std::uint64_t affected_rows_ = 0;
};

}  // namespace crossload::driver::sqlite
