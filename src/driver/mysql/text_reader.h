#pragma once

#include <vector>

#include "crossload/driver/row_io.h"

#include "result_form.h"
#include "session.h"

namespace crossload::driver::mysql {

/// The rows of a statement that the server does not prepare, over the text protocol: kept in
/// memory, for such statements return little.
class TextRowReader : public RowReader {
 public:
  TextRowReader(Session& session, const std::string& sql);

  const std::vector<ResultColumn>& columns() const override { return columns_; }
  bool read(RowBatch& batch, const BatchLimits& limits) override;
  std::uint64_t affected_rows() const override { return affected_rows_; }

 private:
  void append(RowBatch& batch, std::size_t column, std::string_view text);

  Session& session_;
  ResultHandle result_;
  std::vector<ResultColumn> columns_;
  std::vector<ResultForm> forms_;
  std::uint64_t affected_rows_ = 0;
};

}  // namespace crossload::driver::mysql
