#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crossload/driver/row_io.h"

#include "binary_row.h"
#include "bracket.h"
#include "cell_text.h"
#include "session.h"

namespace crossload::driver::postgres {

/// A table's rows as the server streams them by COPY.
class PostgresRowReader : public RowReader, private Stream {
 public:
  PostgresRowReader(Session& session, const ReadRequest& request);
  ~PostgresRowReader() override;
  PostgresRowReader(const PostgresRowReader&) = delete;
  PostgresRowReader& operator=(const PostgresRowReader&) = delete;

  const std::vector<ResultColumn>& columns() const override { return columns_; }
  bool read(RowBatch& batch, const BatchLimits& limits) override;
  std::uint64_t affected_rows() const override { return 0; }

 private:
  void abandon() noexcept override;
  bool advance();
  void append_line(RowBatch& batch);
  void fill(RowBatch& batch, const BatchLimits& limits);

  Session& session_;
  Bracket bracket_;
  std::vector<ResultColumn> columns_;
  std::vector<CellForm> forms_;
  std::optional<BinaryRows> binary_;  ///< Where every column has a binary form.
  LineHandle line_;
  std::size_t line_size_ = 0;
  bool on_line_ = false;  ///< A line was fetched and is not in any batch yet.
  bool done_ = false;     ///< Nothing more comes: the end, or a break.
  bool at_end_ = false;
  std::string scratch_;
};

}  // namespace crossload::driver::postgres
