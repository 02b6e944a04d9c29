#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "crossload/driver/row_io.h"

#include "session.h"

namespace crossload::driver::mysql {

/// What reading a table needs to know of a column.
struct ColumnFacts {
  std::string data_type;  ///< "varchar"
  std::string charset;    ///< Empty where the column holds no text.
  std::string collation;
  unsigned int precision = 0;
  unsigned int scale = 0;
};

/// The columns of a table by lower-case name; none where there is no such table.
std::map<std::string, ColumnFacts> column_facts(Session& session, const TableName& table);

/// An order in which an index of the table can be walked.
struct KeyOrder {
  std::string index;             ///< Empty where no index has these columns.
  std::vector<bool> descending;  ///< By column of the key.
};
KeyOrder key_order(Session& session, const TableName& table, const std::vector<std::string>& key);

/// Values of such a column can be given back and compared by the server without a change: floats
/// and labels (which sort by their number) cannot.
bool is_exact_key(const std::string& data_type);

/// A parameter that takes the column's canonical form, as a value that the server compares with the
/// column by the column's own rules. Throws: Error kInvalidArgument where is_exact_key() is false.
std::string key_parameter(const std::string& name, const ColumnFacts& facts);
/// The column as it is compared with such a parameter.
std::string key_column(const std::string& name, const ColumnFacts& facts);

}  // namespace crossload::driver::mysql
