#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "session.h"

namespace crossload::driver::sqlite {

/// One of the program's own questions to a database: bind, then while (next()) text(0)...
class OwnQuery {
 public:
  OwnQuery(Session& session, std::string_view sql)
      : session_(session), statement_(session.prepare(sql)) {}

  OwnQuery& bind(int parameter, std::string_view text);
  OwnQuery& bind(int parameter, std::int64_t number);
  bool next();
  void reset();

  std::string text(int column) const;
  std::int64_t number(int column) const { return sqlite3_column_int64(statement_.get(), column); }
  bool flag(int column) const { return number(column) != 0; }
  int type(int column) const { return sqlite3_column_type(statement_.get(), column); }
  bool is_null(int column) const { return type(column) == SQLITE_NULL; }
  sqlite3_stmt* get() const { return statement_.get(); }

 private:
  Session& session_;
  StatementHandle statement_;
};

/// The first column of the first row; nullopt where there is no row or it is NULL.
std::optional<std::int64_t> ask_number(Session& session, std::string_view sql);

}  // namespace crossload::driver::sqlite
