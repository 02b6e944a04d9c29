#pragma once

#include <string>
#include <vector>

#include "crossload/driver/row_io.h"
#include "crossload/model/value.h"

#include "bracket.h"
#include "cell_text.h"
#include "session.h"

namespace crossload::driver::postgres {

/// How a caller's statement is run.
struct QueryPlan {
  Bracket::Kind bracket = Bracket::Kind::kNone;
  bool undo_always = false;  ///< Nothing that the statement does besides answering may stay.
  bool carry_out = false;    ///< It may have effects: never stopped because nobody reads its rows.
  bool commits = false;      ///< It is a COMMIT: an answer of ROLLBACK is a failure.
};

/// The rows of one statement of a caller, one by one from the server. The statement has been begun,
/// and carried out where it has no rows, when the constructor returns.
class PostgresQueryReader : public RowReader, private Stream {
 public:
  PostgresQueryReader(Session& session, const std::string& sql,
                      const std::vector<Value>& parameters, const QueryPlan& plan);
  ~PostgresQueryReader() override;
  PostgresQueryReader(const PostgresQueryReader&) = delete;
  PostgresQueryReader& operator=(const PostgresQueryReader&) = delete;

  const std::vector<ResultColumn>& columns() const override { return columns_; }
  bool read(RowBatch& batch, const BatchLimits& limits) override;
  std::uint64_t affected_rows() const override { return affected_rows_; }

 private:
  void abandon() noexcept override;
  void advance();
  void take(ResultHandle result);
  void take_late_failure();
  void end();
  void set_columns(const PGresult* result);
  std::size_t row_bytes() const;
  void append_row(RowBatch& batch);
  void fill(RowBatch& batch, const BatchLimits& limits);

  Session& session_;
  QueryPlan plan_;
  Bracket bracket_;
  std::vector<ResultColumn> columns_;
  std::vector<CellForm> forms_;
  ResultHandle row_;     ///< The row that is in no batch yet.
  bool done_ = false;    ///< Nothing more comes: the end, or a break.
  bool failed_ = false;  ///< The server refused the statement.
  bool at_end_ = false;
  std::uint64_t affected_rows_ = 0;
};

}  // namespace crossload::driver::postgres
