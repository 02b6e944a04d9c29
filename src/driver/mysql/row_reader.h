#pragma once

#include <array>
#include <string>
#include <vector>

#include "crossload/driver/row_io.h"

#include "result_form.h"
#include "session.h"

namespace crossload::driver::mysql {

/// Streams the rows of an executed prepared statement in their canonical forms.
class MysqlRowReader : public RowReader, public OpenStream {
 public:
  /// `statement` has been executed. `keep_rows`: its rows are fetched now, because not reading them
  /// would undo what it did.
  MysqlRowReader(Session& session, StatementHandle statement, bool keep_rows);
  ~MysqlRowReader() override;
  MysqlRowReader(const MysqlRowReader&) = delete;
  MysqlRowReader& operator=(const MysqlRowReader&) = delete;

  const std::vector<ResultColumn>& columns() const override { return columns_; }
  bool read(RowBatch& batch, const BatchLimits& limits) override;
  std::uint64_t affected_rows() const override { return affected_rows_; }
  void abandon() noexcept override;

 private:
  // A value of up to so many bytes is fetched with its row, a larger one by itself.
  static constexpr std::size_t kInlineBytes = 1'024;

  struct Cell {
    ResultForm form;
    std::int64_t number = 0;
    float real32 = 0;
    double real64 = 0;
    MYSQL_TIME time = {};
    std::vector<char> buffer;
    unsigned long size = 0;
    Flag is_null = 0;
    Flag error = 0;
  };

  void bind();
  bool fetch();
  void fill(RowBatch& batch, const BatchLimits& limits);
  std::size_t row_bytes() const;
  void append_row(RowBatch& batch);
  void append_data(RowBatch& batch, std::size_t column);
  std::string_view fetch_large(std::size_t column);
  void finish();

  Session& session_;
  StatementHandle statement_;
  std::vector<ResultColumn> columns_;
  std::vector<Cell> row_;
  std::vector<MYSQL_BIND> binds_;
  std::vector<char> large_;
  std::string text_;
  std::uint64_t affected_rows_ = 0;
  bool on_row_ = false;
  bool fetched_ = false;  ///< The server has answered a fetch.
  bool done_ = false;
  bool abandoned_ = false;
};

}  // namespace crossload::driver::mysql
