#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "crossload/driver/row_io.h"

#include "key_facts.h"

namespace crossload::driver::mysql {

/// A statement and which value of ReadRequest::after each of its parameters takes.
struct SelectStatement {
  std::string sql;
  std::vector<std::size_t> parameters;
};

/// Pure. `facts` by lower-case column name.
SelectStatement select_statement(const ReadRequest& request,
                                 const std::map<std::string, ColumnFacts>& facts,
                                 const KeyOrder& order);

}  // namespace crossload::driver::mysql
