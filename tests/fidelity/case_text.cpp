#include "case_text.h"

namespace crossload::testing {

std::string table_of(const std::string& type, const std::vector<std::string>& values) {
  std::string sql = "CREATE TABLE @t (id int PRIMARY KEY, v " + type + ")";
  for (std::size_t i = 0; i < values.size(); ++i) {
    sql += "; INSERT INTO @t VALUES (" + std::to_string(i + 1) + ", " + values[i] + ")";
  }
  return sql;
}

std::string rows_of(const std::vector<std::string>& values) {
  std::string rows;
  for (std::size_t i = 0; i < values.size(); ++i) {
    rows += (i == 0 ? "" : "\n") + std::to_string(i + 1) + "\t" + values[i];
  }
  return rows;
}

std::string typed(const std::string& function) {
  return "SELECT id, v, " + function + "(v) FROM @t ORDER BY id";
}

}  // namespace crossload::testing
