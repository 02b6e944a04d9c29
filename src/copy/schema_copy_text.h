#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "crossload/copy/schema_copy.h"
#include "crossload/dialect/schema_script.h"

namespace crossload::copy {

/// A file of a schema copy before it is written.
struct SchemaCopyText {
  std::string name;  ///< Relative to the copy's folder.
  std::string text;
};

/// The .sql files. Those of the fixed layout are there even without a statement;
/// skipped/tables.sql, indexes.sql and views.sql only when they are needed.
std::vector<SchemaCopyText> sql_files(const dialect::SchemaScript& script, Engine target,
                                      const std::string& source_name);

/// Names that sql_files() may write besides the fixed layout.
std::vector<std::string> optional_sql_files();

/// report.md. `tried`: the statements were carried out and undone.
std::string report_text(const SchemaCopyRequest& request, const SchemaCopyResult& result,
                        const dialect::SchemaScript& script, bool tried);

/// One line without control characters, for a comment.
std::string one_line(std::string_view text);

}  // namespace crossload::copy
