#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "crossload/driver/row_io.h"

#include "copy_encoder.h"
#include "deferred_keys.h"
#include "session.h"

namespace crossload::driver::postgres {

/// Writes rows by COPY or, where rows may be there already, by inserts of many rows each. What
/// fails is undone to a savepoint and tried again in parts, so that a failure names its row.
class PostgresRowWriter : public RowWriter {
 public:
  PostgresRowWriter(Session& session, WriteRequest request);
  PostgresRowWriter(const PostgresRowWriter&) = delete;
  PostgresRowWriter& operator=(const PostgresRowWriter&) = delete;
  WriteOutcome write(const RowBatch& batch, std::size_t first, std::size_t last) override;

 private:
  /// What became of rows that were tried at once.
  struct Attempt {
    std::size_t done = 0;  ///< So many from the first on are in the target.
    std::uint64_t written = 0;
    std::optional<WriteFailure> failure;  ///< Of the row behind them, or of one of those tried.
  };
  /// What the server cannot take, found before it is asked.
  struct BadCell {
    const char* code;
    std::size_t column;
    std::string message;
  };

  Attempt copy(const RowBatch& batch, std::size_t first, std::size_t last);
  Attempt insert(const RowBatch& batch, std::size_t first, std::size_t last);
  Attempt insert_large(const RowBatch& batch, std::size_t row);
  bool is_large(const RowBatch& batch, std::size_t row) const;
  Attempt failed(const PGresult* result, std::size_t first, std::size_t last);
  bool copies_binary() const { return encoder_.has_binary() && text_rows_ == 0; }
  void start_copy(const std::string& table, bool binary);
  ResultHandle send_rows(const RowBatch& batch, std::size_t& row, std::size_t last,
                         std::optional<BadCell>& bad);
  void probe_types();
  std::optional<BadCell> beyond_limit(const RowBatch& batch, std::size_t row) const;
  std::optional<BadCell> add_parameters(const RowBatch& batch, std::size_t row,
                                        std::vector<Parameter>& parameters) const;
  WriteFailure failure_of(const BadCell& cell, std::size_t row) const;
  std::string column_at_fault(const PGresult* result, const std::string& named) const;
  void check_transaction() const;

  Session& session_;
  WriteRequest request_;
  CopyEncoder encoder_;
  std::optional<DeferredKeys> deferred_keys_;  ///< Since the first rows.
  bool probed_ = false;
  bool may_make_tables_ = true;  ///< Of the session's own.
  std::size_t text_rows_ = 0;    ///< So many rows more go as text: one of them has no binary form.
  std::size_t text_run_;         ///< So many, the next time.
  std::size_t most_rows_;        ///< At once, at most.
  std::size_t window_rows_;      ///< At once, for now: small where rows were bad.
};

}  // namespace crossload::driver::postgres
