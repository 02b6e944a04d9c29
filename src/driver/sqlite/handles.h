#pragma once

#include <memory>

#include <sqlite3.h>

namespace crossload::driver::sqlite {

struct CloseDatabase {
  // The _v2 form waits for statements that are still open instead of failing and leaking.
  void operator()(sqlite3* database) const noexcept { sqlite3_close_v2(database); }
};

struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};

using DatabaseHandle = std::unique_ptr<sqlite3, CloseDatabase>;
using StatementHandle = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

}  // namespace crossload::driver::sqlite
