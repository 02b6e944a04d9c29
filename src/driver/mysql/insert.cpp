#include "insert.h"

#include <algorithm>
#include <bit>
#include <map>
#include <utility>

namespace crossload::driver::mysql {
namespace {

constexpr std::size_t kMostParameters = 65'535;

enum_field_types wire_type(Wire wire) {
  switch (wire) {
    case Wire::kNumber:
    case Wire::kBits:
      return MYSQL_TYPE_LONGLONG;
    case Wire::kReal:
      return MYSQL_TYPE_DOUBLE;
    case Wire::kBytes:
      return MYSQL_TYPE_BLOB;
    case Wire::kText:
    case Wire::kZonedText:
      return MYSQL_TYPE_STRING;
  }
  return MYSQL_TYPE_STRING;
}

bool is_unsigned(const WriteColumn& column) {
  return column.is_unsigned || column.wire == Wire::kBits;
}

// INSERT ... VALUES (?, ...), (?, ...), ...; one statement for each power of two of rows.
class MultiRowInsert : public Insert {
 public:
  MultiRowInsert(Session& session, const WriteRequest& request,
                 const std::vector<WriteColumn>& columns, OnDuplicate on_duplicate)
      : session_(session), request_(request), columns_(columns), on_duplicate_(on_duplicate) {
    // Measured on MySQL 9.7: more rows to a statement are slower again.
    constexpr std::size_t kManyColumns = 8;
    const std::size_t most = columns.size() > kManyColumns ? 512 : 1'024;
    const std::size_t parameters = kMostParameters / std::max<std::size_t>(1, columns.size());
    most_rows_ = std::bit_floor(std::clamp<std::size_t>(parameters, 1, most));
  }

  std::size_t fit(std::size_t rows) const override {
    return std::bit_floor(std::min(rows, most_rows_));
  }

  std::optional<Error> send(const RowBatch& batch, std::size_t first, std::size_t rows) override {
    MYSQL_STMT* statement = statement_for(rows);
    const std::size_t cells = rows * columns_.size();
    binds_.assign(cells, MYSQL_BIND{});
    numbers_.resize(cells);
    reals_.resize(cells);
    sizes_.resize(cells);
    std::size_t at = 0;
    for (std::size_t row = first; row < first + rows; ++row) {
      for (const WriteColumn& column : columns_) bind_cell(at++, column, batch, row);
    }
    if (cells > 0 && mysql_stmt_bind_param(statement, binds_.data()) != 0) {
      return session_.error(statement);
    }
    return session_.try_execute(statement);
  }

 private:
  void bind_cell(std::size_t at, const WriteColumn& column, const RowBatch& batch,
                 std::size_t row) {
    MYSQL_BIND& bind = binds_[at];
    if (batch.kind(row, column.cell) == CellKind::kNull) {
      bind.buffer_type = MYSQL_TYPE_NULL;
      return;
    }
    bind.buffer_type = wire_type(column.wire);
    bind.is_unsigned = is_unsigned(column);
    switch (column.wire) {
      case Wire::kNumber:
      case Wire::kBits:
        numbers_[at] = number_of(column, batch, row);
        bind.buffer = &numbers_[at];
        break;
      case Wire::kReal:
        reals_[at] = batch.float64(row, column.cell);
        bind.buffer = &reals_[at];
        break;
      case Wire::kText:
      case Wire::kZonedText:
      case Wire::kBytes: {
        const std::string_view data = data_of(column, batch, row);
        sizes_[at] = static_cast<unsigned long>(data.size());
        // The library only reads it. No pointer would not mean empty.
        bind.buffer = const_cast<char*>(data.empty() ? "" : data.data());
        bind.buffer_length = sizes_[at];
        bind.length = &sizes_[at];
      }
    }
  }

  MYSQL_STMT* statement_for(std::size_t rows) {
    StatementHandle& statement = statements_[rows];
    if (!statement) {
      statement = session_.prepare(
          insert_statement(request_, rows, on_duplicate_, session_.capabilities()));
    }
    return statement.get();
  }

  Session& session_;
  const WriteRequest& request_;
  const std::vector<WriteColumn>& columns_;
  OnDuplicate on_duplicate_;
  std::size_t most_rows_ = 1;
  std::map<std::size_t, StatementHandle> statements_;
  std::vector<MYSQL_BIND> binds_;
  std::vector<long long> numbers_;
  std::vector<double> reals_;
  std::vector<unsigned long> sizes_;
};

#ifdef LIBMARIADB
// INSERT ... VALUES (?, ...) with an array of values for each parameter.
class ArrayInsert : public Insert {
 public:
  ArrayInsert(Session& session, const WriteRequest& request,
              const std::vector<WriteColumn>& columns, OnDuplicate on_duplicate)
      : session_(session),
        columns_(columns),
        statement_(
            session.prepare(insert_statement(request, 1, on_duplicate, session.capabilities()))),
        arrays_(columns.size()) {}

  std::size_t fit(std::size_t rows) const override {
    constexpr std::size_t kMostRows = 4'096;
    return std::min(rows, kMostRows);
  }

  std::optional<Error> send(const RowBatch& batch, std::size_t first, std::size_t rows) override {
    const auto array_size = static_cast<unsigned int>(rows);
    mysql_stmt_attr_set(statement_.get(), STMT_ATTR_ARRAY_SIZE, &array_size);
    std::vector<MYSQL_BIND> binds(columns_.size(), MYSQL_BIND{});
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      fill(arrays_[i], columns_[i], batch, first, rows);
      bind(binds[i], arrays_[i], columns_[i]);
    }
    if (mysql_stmt_bind_param(statement_.get(), binds.data()) != 0) {
      return session_.error(statement_.get());
    }
    return session_.try_execute(statement_.get());
  }

 private:
  struct Array {
    std::vector<long long> numbers;
    std::vector<double> reals;
    std::vector<const char*> data;
    std::vector<unsigned long> sizes;
    std::vector<char> indicators;
  };

  static void fill(Array& array, const WriteColumn& column, const RowBatch& batch,
                   std::size_t first, std::size_t rows) {
    array.indicators.assign(rows, STMT_INDICATOR_NONE);
    switch (column.wire) {
      case Wire::kNumber:
      case Wire::kBits:
        array.numbers.resize(rows);
        break;
      case Wire::kReal:
        array.reals.resize(rows);
        break;
      case Wire::kText:
      case Wire::kZonedText:
      case Wire::kBytes:
        array.data.resize(rows);
        array.sizes.resize(rows);
    }
    for (std::size_t i = 0; i < rows; ++i) {
      if (batch.kind(first + i, column.cell) == CellKind::kNull) {
        array.indicators[i] = STMT_INDICATOR_NULL;
        if (!array.data.empty()) array.data[i] = "";
        if (!array.sizes.empty()) array.sizes[i] = 0;
        continue;
      }
      switch (column.wire) {
        case Wire::kNumber:
        case Wire::kBits:
          array.numbers[i] = number_of(column, batch, first + i);
          break;
        case Wire::kReal:
          array.reals[i] = batch.float64(first + i, column.cell);
          break;
        case Wire::kText:
        case Wire::kZonedText:
        case Wire::kBytes: {
          const std::string_view data = data_of(column, batch, first + i);
          array.data[i] = data.empty() ? "" : data.data();
          array.sizes[i] = static_cast<unsigned long>(data.size());
        }
      }
    }
  }

  static void bind(MYSQL_BIND& bind, Array& array, const WriteColumn& column) {
    bind.buffer_type = wire_type(column.wire);
    bind.is_unsigned = is_unsigned(column);
    bind.u.indicator = array.indicators.data();
    switch (column.wire) {
      case Wire::kNumber:
      case Wire::kBits:
        bind.buffer = array.numbers.data();
        break;
      case Wire::kReal:
        bind.buffer = array.reals.data();
        break;
      case Wire::kText:
      case Wire::kZonedText:
      case Wire::kBytes:
        bind.buffer = array.data.data();
        bind.length = array.sizes.data();
    }
  }

  Session& session_;
  const std::vector<WriteColumn>& columns_;
  StatementHandle statement_;
  std::vector<Array> arrays_;
};
#endif

}  // namespace

std::unique_ptr<Insert> make_insert(Session& session, const WriteRequest& request,
                                    const std::vector<WriteColumn>& columns,
                                    OnDuplicate on_duplicate) {
#ifdef LIBMARIADB
  if (session.capabilities().array_binding && !columns.empty()) {
    return std::make_unique<ArrayInsert>(session, request, columns, on_duplicate);
  }
#endif
  return std::make_unique<MultiRowInsert>(session, request, columns, on_duplicate);
}

}  // namespace crossload::driver::mysql
