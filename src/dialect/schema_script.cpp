#include "crossload/dialect/schema_script.h"

#include "cross_script.h"
#include "domain_columns.h"
#include "sqlite_script.h"

namespace crossload::dialect {

SchemaScript make_schema_script(const Schema& source, Engine target, const ScriptOptions& options) {
  if (source.engine == Engine::kSqlite && target == Engine::kSqlite) {
    return sqlite_to_sqlite(source, options);
  }
  if (source.engine == Engine::kPostgres && target != Engine::kPostgres && has_domains(source)) {
    std::vector<SchemaWarning> told;
    const Schema plain = without_domains(source, options.tables, told);
    SchemaScript script = cross_script(plain, target, options);
    script.warnings.insert(script.warnings.end(), told.begin(), told.end());
    return script;
  }
  return cross_script(source, target, options);
}

std::string skipped_file(std::string_view type) {
  if (type == "stored_procedure" || type == "routine") return "skipped/stored_procedures.sql";
  if (type == "function") return "skipped/functions.sql";
  if (type == "trigger") return "skipped/untranslatable_triggers.sql";
  if (type == "view") return "views.sql";
  if (type == "index") return "skipped/indexes.sql";
  return "skipped/tables.sql";
}

}  // namespace crossload::dialect
