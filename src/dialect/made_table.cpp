#include "made_table.h"

#include <algorithm>

#include "crossload/base/strings.h"

namespace crossload::dialect {

std::size_t MadeTable::place_of(std::string_view source_column) const {
  const Column* const column = source->find_column(source_column);
  return column == nullptr ? std::string::npos
                           : static_cast<std::size_t>(column - source->columns.data());
}

const MadeTable* CopyContext::find(const TableName& source_name) const {
  const auto exact = std::find_if(tables.begin(), tables.end(), [&](const MadeTable& table) {
    return table.source->name == source_name;
  });
  if (exact != tables.end()) return &*exact;
  const auto folded = std::find_if(tables.begin(), tables.end(), [&](const MadeTable& table) {
    return ascii_iequals(table.source->name.display(), source_name.display());
  });
  return folded == tables.end() ? nullptr : &*folded;
}

}  // namespace crossload::dialect
