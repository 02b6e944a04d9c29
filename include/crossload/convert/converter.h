#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "crossload/model/row_batch.h"
#include "crossload/model/schema.h"

namespace crossload::convert {

/// The rules that hold for one column, by rule name: {"zero_date": "null"}. A rule that is not
/// named rejects.
using ColumnRules = std::map<std::string, std::string>;

/// A value that the target column cannot hold. The row must not be written.
struct Fault {
  std::size_t row = 0;
  std::size_t column = 0;  ///< The batch's column that the value came from.
  std::string code;        ///< Reject code of docs/type-mapping.md: zero_date, nul, scale, ...
  std::string message;     ///< Without the column's name; quotes no more than the start of a value.
};

/// One side of a pair of columns.
struct Side {
  Engine engine = Engine::kSqlite;
  Column column;
  bool strict_table = false;  ///< SQLite STRICT: the column's type is enforced.
};

/// Turns the values of one source column into the form and the bounds of one target column. Chosen
/// once per pair. Thread: one at a time.
class Converter {
 public:
  virtual ~Converter() = default;
  /// Appends one cell per row of the batch to its column `to`, from column `from`; where a value
  /// does not fit, a NULL and a fault.
  virtual void convert(RowBatch& batch, std::size_t from, std::size_t to,
                       std::vector<Fault>& faults) = 0;
  /// How often each rule changed a value since the last call, by "rule=value".
  virtual std::map<std::string, std::uint64_t> take_rule_uses() = 0;
};

/// nullptr: what the source's reader gives is what the target's writer takes, and the server itself
/// refuses what does not fit without changing it.
/// Throws: Error kColumnMismatch where no value of the source's type could be held by the target's;
/// kInvalidArgument for a rule that is unknown or has another value.
std::unique_ptr<Converter> make_converter(const Side& source, const Side& target,
                                          const ColumnRules& rules);

/// A rule of docs/type-mapping.md.
struct RuleInfo {
  std::string name;
  std::vector<std::string> values;  ///< The default first: "reject", mostly.
  std::vector<std::string> codes;   ///< Reject codes that it answers.
  std::string description;
};
const std::vector<RuleInfo>& all_rules();

/// A code of Fault.
struct RejectCode {
  std::string code;
  std::string meaning;
};
const std::vector<RejectCode>& all_reject_codes();

}  // namespace crossload::convert
