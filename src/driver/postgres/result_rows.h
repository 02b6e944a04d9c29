#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "handles.h"

namespace crossload::driver::postgres {

/// One row of a result of the program's own queries. Lifetime: that of the result.
class Row {
 public:
  Row(const PGresult* result, int row) : result_(result), row_(row) {}

  bool is_null(int column) const { return PQgetisnull(result_, row_, column) != 0; }
  /// Empty for NULL.
  std::string_view text(int column) const {
    return {PQgetvalue(result_, row_, column),
            static_cast<std::size_t>(PQgetlength(result_, row_, column))};
  }
  std::string string(int column) const { return std::string(text(column)); }
  std::optional<std::string> maybe(int column) const {
    return is_null(column) ? std::nullopt : std::optional(string(column));
  }
  bool flag(int column) const { return text(column) == "t"; }
  /// 0 for NULL.
  std::int64_t number(int column) const;
  /// The elements of a text[] without NULLs; none for NULL.
  std::vector<std::string> list(int column) const;

 private:
  const PGresult* result_;
  int row_;
};

/// For range-for over the rows of a result. Lifetime: that of the result.
class Rows {
 public:
  class Iterator {
   public:
    Iterator(const PGresult* result, int row) : result_(result), row_(row) {}
    Row operator*() const { return {result_, row_}; }
    Iterator& operator++() {
      ++row_;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return row_ != other.row_; }

   private:
    const PGresult* result_;
    int row_;
  };

  explicit Rows(const PGresult* result) : result_(result) {}
  Iterator begin() const { return {result_, 0}; }
  Iterator end() const { return {result_, PQntuples(result_)}; }

 private:
  const PGresult* result_;
};

inline Rows rows_of(const ResultHandle& result) {
  return Rows(result.get());
}

/// Texts as an array literal, for parameters of type text[].
std::string array_literal(const std::vector<std::string>& texts);
/// The elements of a one-dimensional array as the server prints it, without NULLs.
std::vector<std::string> parse_array(std::string_view text);

}  // namespace crossload::driver::postgres
