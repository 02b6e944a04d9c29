#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "crossload/convert/converter.h"
#include "crossload/model/row_batch.h"

#include "rules.h"

namespace crossload::convert {

/// Why a value cannot go on; `code` is one of all_reject_codes().
struct Problem {
  std::string_view code;
  std::string message;
};

/// What became of a value.
enum class Outcome : std::uint8_t {
  kSame,     ///< It goes on as it is.
  kChanged,  ///< It goes on in the form that was made.
  kNull,     ///< A rule made it NULL.
  kRefused,  ///< A Problem says why.
};

/// Sets the problem. Returns kRefused.
Outcome refuse(Problem& problem, std::string_view code, std::string message);
/// The start of a value, in quotes, fit for a message.
std::string shown(std::string_view value);

/// One cell that is not NULL, on its way from one column of a batch to another.
struct Cell {
  RowBatch& batch;
  std::size_t row;
  std::size_t from;
  std::size_t to;

  CellKind kind() const { return batch.kind(row, from); }
  std::int64_t int64() const { return batch.int64(row, from); }
  std::uint64_t uint64() const { return batch.uint64(row, from); }
  double float64() const { return batch.float64(row, from); }
  /// Lifetime: until the next append.
  std::string_view bytes() const { return batch.bytes(row, from); }
  void append_same() const { batch.append_same(to, row, from); }
};

/// Turns single cells. Thread: one at a time.
class CellConversion {
 public:
  virtual ~CellConversion() = default;
  /// Appends one cell and returns kSame or kChanged; or appends nothing and returns another
  /// outcome.
  virtual Outcome convert(const Cell& cell, Problem& problem) = 0;
};

/// A pair of columns with the rules for it. Lifetime: that of make_converter's call, the rules'
/// that of the converter.
struct Pair {
  const Side& source;
  const Side& target;
  RuleSet& rules;

  const LogicalType& from() const { return source.column.type; }
  const LogicalType& to() const { return target.column.type; }
  bool between(Engine one, Engine other) const {
    return source.engine == one && target.engine == other;
  }
};

/// The values of a target column whose cells are text. Made from whatever cell comes.
class TextForm {
 public:
  virtual ~TextForm() = default;
  /// The value for a text `in`; made in `out` where it is not the same. `in` is not part of `out`.
  virtual Outcome text(std::string_view in, std::string& out, Problem& problem) = 0;
  // The others make text of the value and go on as above, unless a form says otherwise.
  virtual Outcome integer(std::int64_t value, std::string& out, Problem& problem);
  virtual Outcome large_integer(std::uint64_t value, std::string& out, Problem& problem);
  virtual Outcome real(double value, std::string& out, Problem& problem);
  virtual Outcome bytes(std::string_view in, std::string& out, Problem& problem);

 protected:
  /// text() of a text that was just made.
  Outcome made(const std::string& text_form, std::string& out, Problem& problem);
};

/// How the cells of a source are read as text, beyond what their cell kind says.
struct CellText {
  bool float32 = false;  ///< Doubles that are floats.
  bool boolean = false;  ///< 0 and 1 are "false" and "true".
};

/// A conversion that hands each cell to `form`; first, where there is one, to `before`.
std::unique_ptr<CellConversion> text_conversion(std::unique_ptr<TextForm> before,
                                                std::unique_ptr<TextForm> form,
                                                const CellText& reading);

}  // namespace crossload::convert
