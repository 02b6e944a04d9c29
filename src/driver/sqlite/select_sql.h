#pragma once

#include <string>
#include <vector>

#include "crossload/driver/row_io.h"

namespace crossload::driver::sqlite {

/// One column of the order in which a table is read.
struct OrderTerm {
  std::string column;
  std::string collation = {};  ///< Only where it is not the column's own.
  bool descending = false;
};

/// The statement that reads a table in order, behind a given key where the request names one. Its
/// parameters ?1, ?2, ... are the key's values. Pure.
std::string select_statement(const ReadRequest& request, const std::vector<OrderTerm>& order);

}  // namespace crossload::driver::sqlite
