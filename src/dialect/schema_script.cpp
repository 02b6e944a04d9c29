#include "crossload/dialect/schema_script.h"

#include "crossload/base/error.h"

#include "sqlite_script.h"

namespace crossload::dialect {

SchemaScript make_schema_script(const Schema& source, Engine target, const ScriptOptions& options) {
  if (source.engine == Engine::kSqlite && target == Engine::kSqlite) {
    return sqlite_to_sqlite(source, options);
  }
  throw Error(ErrorCode::kSchemaCopyFailed,
              "a schema cannot be copied from " + std::string(to_string(source.engine)) + " to " +
                  std::string(to_string(target)) +
                  " by this version; it copies schemas from sqlite to sqlite")
      .suggest("use target_db_type \"sqlite\" with a SQLite source");
}

std::string skipped_file(std::string_view type) {
  if (type == "stored_procedure" || type == "routine") return "skipped/stored_procedures.sql";
  if (type == "function") return "skipped/functions.sql";
  if (type == "trigger") return "skipped/untranslatable_triggers.sql";
  if (type == "view") return "skipped/views.sql";
  if (type == "index") return "skipped/indexes.sql";
  return "skipped/tables.sql";
}

}  // namespace crossload::dialect
