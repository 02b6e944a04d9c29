// MySQL's ON UPDATE CURRENT_TIMESTAMP: a row that changes gets the time, unless the statement gave
// the column a value itself.

#include <string>
#include <utility>

#include "crossload/base/strings.h"
#include "crossload/dialect/dialect.h"
#include "crossload/dialect/identifiers.h"

#include "trigger_text.h"
#include "type_names.h"

namespace crossload::dialect {
namespace {

std::string digits_of(const KnownColumn& column) {
  const int digits = column.source.precision.value_or(0);
  return "(" + std::to_string(digits) + ")";
}

/// Types that PostgreSQL cannot compare by themselves.
std::string comparable(const std::string& sql, const KnownColumn& column) {
  const std::string name = bare_name(column.target);
  const bool no_equality = name == "json" || name == "xml" || name == "point" ||
                           column.target.kind == TypeKind::kSpatial;
  return no_equality ? "CAST(" + sql + " AS text)" : sql;
}

TriggerTranslation for_postgres(const KnownTable& table, const KnownColumn& column,
                                const std::string& name) {
  const Dialect& dialect = dialect_for(Engine::kPostgres);
  const auto quoted = [&](const std::string& text) {
    return dialect.quote(std::string_view(text));
  };
  std::string changed;
  for (const KnownColumn& each : table.columns) {
    if (&each == &column || each.generated) continue;
    const std::string field = quoted(each.target_name);
    changed += (changed.empty() ? "" : " OR ") + comparable("NEW." + field, each) +
               " IS DISTINCT FROM " + comparable("OLD." + field, each);
  }
  const std::string field = quoted(column.target_name);
  const TableName function{
      table.target_name.schema,
      fitting_identifier(table.target_name.name + "_" + name, Engine::kPostgres)};
  const std::string now =
      (column.target.kind == TypeKind::kTimestampTz ? "CURRENT_TIMESTAMP" : "LOCALTIMESTAMP") +
      digits_of(column);
  TriggerTranslation made;
  made.parts.push_back({function.display(), true,
                        "CREATE FUNCTION " + dialect.quote(function) +
                            "() RETURNS trigger LANGUAGE plpgsql AS $trigger$\nBEGIN\n  IF NEW." +
                            field + " IS NOT DISTINCT FROM OLD." + field + "\n      AND (" +
                            changed + ") THEN\n    NEW." + field + " := " + now +
                            ";\n  END IF;\n  RETURN NEW;\nEND\n$trigger$"});
  made.parts.push_back({name, false,
                        "CREATE TRIGGER " + quoted(name) + " BEFORE UPDATE ON " +
                            dialect.quote(table.target_name) + " FOR EACH ROW EXECUTE FUNCTION " +
                            dialect.quote(function) + "()"});
  return made;
}

TriggerTranslation for_sqlite(const KnownTable& table, const KnownColumn& column,
                              const std::string& name) {
  const Dialect& dialect = dialect_for(Engine::kSqlite);
  const auto quoted = [&](const std::string& text) {
    return dialect.quote(std::string_view(text));
  };
  std::string changed;
  std::string row = "rowid";
  for (const KnownColumn& each : table.columns) {
    if (ascii_iequals(each.target_name, row)) row = "_rowid_";
    // What another such trigger has set is no change of the statement's.
    if (&each == &column || each.generated || each.touched) continue;
    const std::string field = quoted(each.target_name);
    changed +=
        (changed.empty() ? "" : " OR ") + std::string("NEW.") + field + " IS NOT OLD." + field;
  }
  const std::string field = quoted(column.target_name);
  const bool fraction = column.source.precision.value_or(0) > 0;
  const bool zoned = column.source.kind == TypeKind::kTimestampTz;
  const std::string now = std::string("strftime('%Y-%m-%d %H:%M:%") + (fraction ? "f" : "S") +
                          (zoned ? "+00:00" : "") + "', 'now')";
  TriggerTranslation made;
  made.parts.push_back({name, false,
                        "CREATE TRIGGER " + quoted(name) + " AFTER UPDATE ON " +
                            dialect.quote(table.target_name) + "\nWHEN NEW." + field + " IS OLD." +
                            field + " AND (" + changed + ")\nBEGIN\n  UPDATE " +
                            dialect.quote(table.target_name) + " SET " + field + " = " + now +
                            " WHERE " + row + " = NEW." + row + ";\nEND"});
  if (!zoned) made.notes.push_back("the current time is UTC in SQLite");
  return made;
}

}  // namespace

TriggerTranslation make_touch_trigger(const KnownTable& table, const KnownColumn& column,
                                      const TargetTraits& target) {
  const std::string base = target.engine == Engine::kSqlite
                               ? table.target_name.name + "_" + column.target_name
                               : column.target_name;
  const std::string name = fitting_identifier(base + "_on_update", target.engine);
  TriggerTranslation made;
  if (table.columns.size() < 2) {
    made.reason = "a table of one column";
    return made;
  }
  if (target.engine == Engine::kPostgres) return for_postgres(table, column, name);
  if (target.engine == Engine::kSqlite) return for_sqlite(table, column, name);
  made.reason = "the engine has ON UPDATE itself";
  return made;
}

}  // namespace crossload::dialect
