#pragma once

#include <string>
#include <vector>

#include "crossload/dialect/type_mapping.h"

namespace crossload::dialect {

/// A column as its engine's catalog describes it, one of every kind of type.
struct SampleColumn {
  Column column;
  ColumnUse use;
  std::string values;  ///< What is in it, in words, where its type depends on that.
};

const std::vector<SampleColumn>& sample_columns(Engine engine);

}  // namespace crossload::dialect
