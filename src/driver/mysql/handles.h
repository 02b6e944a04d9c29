#pragma once

#include <memory>
#include <type_traits>

#include <mysql.h>

namespace crossload::driver::mysql {

struct CloseHandle {
  void operator()(MYSQL* handle) const noexcept { mysql_close(handle); }
};

struct CloseStatement {
  void operator()(MYSQL_STMT* statement) const noexcept { mysql_stmt_close(statement); }
};

struct FreeResult {
  void operator()(MYSQL_RES* result) const noexcept { mysql_free_result(result); }
};

using Handle = std::unique_ptr<MYSQL, CloseHandle>;
using StatementHandle = std::unique_ptr<MYSQL_STMT, CloseStatement>;
using ResultHandle = std::unique_ptr<MYSQL_RES, FreeResult>;

/// What the library's flags are: my_bool, or bool since Oracle's 8.0.
using Flag = std::remove_pointer_t<decltype(MYSQL_BIND::is_null)>;

}  // namespace crossload::driver::mysql
