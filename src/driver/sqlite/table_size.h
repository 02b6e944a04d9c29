#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "introspect.h"
#include "session.h"

namespace crossload::driver::sqlite {

/// How large the tables of a database are, by what can be had without reading them whole.
class TableSizes {
 public:
  explicit TableSizes(Session& session);

  /// Exact for small tables, else from ANALYZE or the span of the rowids.
  std::optional<std::uint64_t> estimated_rows(const ListedTable& table);
  /// Pages of the table and its indexes; only told for small files, where counting them is cheap.
  std::optional<std::uint64_t> bytes(const std::string& table) const;

 private:
  void load_bytes();
  std::optional<std::uint64_t> analyzed_rows(const std::string& table);
  std::optional<std::uint64_t> rows_by_rowid(const ListedTable& table);

  Session& session_;
  std::uint64_t file_bytes_ = 0;
  bool analyzed_ = false;
  std::map<std::string, std::uint64_t> bytes_;
};

}  // namespace crossload::driver::sqlite
