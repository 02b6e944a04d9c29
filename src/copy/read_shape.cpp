#include "read_shape.h"

#include <algorithm>

namespace crossload::copy {

driver::ReadRequest read_shape(const TablePlan& table) {
  driver::ReadRequest request;
  request.table = table.source;
  request.columns = table.source_columns;
  if (table.key) request.key = table.key->columns;
  return request;
}

std::size_t columns_read(const TablePlan& table) {
  std::size_t columns = table.source_columns.size();
  for (const std::size_t position : driver::key_positions(read_shape(table))) {
    columns = std::max(columns, position + 1);
  }
  return columns;
}

}  // namespace crossload::copy
