#include "bind.h"

#include <cmath>
#include <string>

#include "crossload/base/narrow.h"

namespace crossload::driver::sqlite {
namespace {

struct Binder {
  sqlite3_stmt* statement;
  int parameter;

  int operator()(std::monostate) const { return sqlite3_bind_null(statement, parameter); }
  int operator()(std::int64_t number) const {
    return sqlite3_bind_int64(statement, parameter, number);
  }
  int operator()(std::uint64_t number) const {
    return sqlite3_bind_int64(statement, parameter, narrow<std::int64_t>(number));
  }
  int operator()(double number) const {
    if (std::isnan(number)) throw Error(ErrorCode::kInvalidArgument, "SQLite cannot hold NaN");
    return sqlite3_bind_double(statement, parameter, number);
  }
  int operator()(const std::string& text) const {
    return sqlite3_bind_text64(statement, parameter, text.data(), text.size(), SQLITE_TRANSIENT,
                               SQLITE_UTF8);
  }
  int operator()(const Bytes& bytes) const {
    return sqlite3_bind_blob64(statement, parameter, bytes.data.data(), bytes.data.size(),
                               SQLITE_TRANSIENT);
  }
};

}  // namespace

void bind_values(Session& session, sqlite3_stmt* statement, const std::vector<Value>& values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    const int result = std::visit(Binder{statement, narrow<int>(i + 1)}, values[i]);
    if (result != SQLITE_OK) throw session.error(result);
  }
}

}  // namespace crossload::driver::sqlite
