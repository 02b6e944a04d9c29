#include "own_query.h"

#include "crossload/base/narrow.h"

namespace crossload::driver::sqlite {

OwnQuery& OwnQuery::bind(int parameter, std::string_view text) {
  // An empty view may hold no pointer, which SQLite would take for NULL.
  const char* data = text.empty() ? "" : text.data();
  sqlite3_bind_text(statement_.get(), parameter, data, narrow<int>(text.size()), SQLITE_TRANSIENT);
  return *this;
}

OwnQuery& OwnQuery::bind(int parameter, std::int64_t number) {
  sqlite3_bind_int64(statement_.get(), parameter, number);
  return *this;
}

bool OwnQuery::next() {
  bool row = false;
  // A schema that changed makes SQLite compile the statement again while it steps.
  session_.as_program([&] { row = session_.step(statement_.get()); });
  return row;
}

void OwnQuery::reset() {
  sqlite3_reset(statement_.get());
}

std::string OwnQuery::text(int column) const {
  const auto* data = sqlite3_column_text(statement_.get(), column);
  if (data == nullptr) return {};
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
  return {reinterpret_cast<const char*>(data), size};
}

std::optional<std::int64_t> ask_number(Session& session, std::string_view sql) {
  OwnQuery query(session, sql);
  if (!query.next() || query.is_null(0)) return std::nullopt;
  return query.number(0);
}

}  // namespace crossload::driver::sqlite
