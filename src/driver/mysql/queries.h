#pragma once

#include <string_view>

/// The driver's own SQL.
namespace crossload::driver::mysql::queries {

inline constexpr std::string_view kVariables = R"sql(
SHOW SESSION VARIABLES WHERE Variable_name IN
  ('max_allowed_packet', 'lower_case_table_names', 'max_execution_time', 'max_statement_time',
   'information_schema_stats_expiry', 'explicit_defaults_for_timestamp', 'check_constraint_checks'))sql";

inline constexpr std::string_view kNegativeZero = "SELECT -0e0";

inline constexpr std::string_view kReadOnly = "SET SESSION TRANSACTION READ ONLY";

/// Which server it is: two names of one server give the same.
inline constexpr std::string_view kServerIdentity = R"sql(
SHOW GLOBAL VARIABLES WHERE Variable_name IN
  ('hostname', 'port', 'server_uuid', 'server_uid', 'lower_case_table_names'))sql";

inline constexpr std::string_view kDatabases = R"sql(
SELECT s.schema_name, SUM(t.data_length + t.index_length)
FROM information_schema.schemata AS s
LEFT JOIN information_schema.tables AS t
  ON t.table_schema = s.schema_name AND t.table_type = 'BASE TABLE'
WHERE s.schema_name NOT IN
  ('information_schema', 'performance_schema', 'mysql', 'sys', 'ndbinfo')
GROUP BY s.schema_name ORDER BY s.schema_name)sql";

inline constexpr std::string_view kDatabaseNames = R"sql(
SELECT schema_name FROM information_schema.schemata
WHERE schema_name NOT IN
  ('information_schema', 'performance_schema', 'mysql', 'sys', 'ndbinfo')
ORDER BY schema_name)sql";

inline constexpr std::string_view kEngines =
    "SELECT engine, transactions FROM information_schema.engines";

// @schema and @only are filled in by for_table().

inline constexpr std::string_view kTables = R"sql(
SELECT table_name, table_type, engine, table_collation, table_comment, table_rows,
       data_length + index_length, auto_increment
FROM information_schema.tables
WHERE table_schema = @schema @only
ORDER BY table_name)sql";

/// InnoDB keeps the time of the last write in memory; MariaDB's TRUNCATE does not move it.
inline constexpr std::string_view kTimesOfTables = R"sql(
SELECT table_name, create_time, update_time, table_rows = 0
FROM information_schema.tables
WHERE table_schema = @schema AND table_type = 'BASE TABLE' @only
ORDER BY table_name)sql";

// Both terms are of the second in which the statement began.
inline constexpr std::string_view kStartOfMariadb = R"sql(
SELECT UNIX_TIMESTAMP() - CAST(variable_value AS SIGNED) FROM information_schema.global_status
WHERE variable_name = 'UPTIME')sql";
inline constexpr std::string_view kStartOfMysql = R"sql(
SELECT UNIX_TIMESTAMP() - CAST(variable_value AS SIGNED) FROM performance_schema.global_status
WHERE variable_name = 'Uptime')sql";

inline constexpr std::string_view kColumns = R"sql(
SELECT table_name, column_name, data_type, column_type, character_maximum_length,
       numeric_precision, numeric_scale, datetime_precision, character_set_name, collation_name,
       column_default, is_nullable, extra, @generated, column_comment, @srid
FROM information_schema.columns
WHERE table_schema = @schema @only
ORDER BY table_name, ordinal_position)sql";

inline constexpr std::string_view kIndexes = R"sql(
SELECT table_name, index_name, non_unique, column_name, collation, sub_part, index_type,
       @expression
FROM information_schema.statistics
WHERE table_schema = @schema @only
ORDER BY table_name, index_name <> 'PRIMARY', non_unique, index_name, seq_in_index)sql";

// The rules are asked for apart: MariaDB reads those of every database for a join, a quarter of a
// second for each table that is described.
inline constexpr std::string_view kForeignKeys = R"sql(
SELECT table_name, constraint_name, column_name, referenced_table_schema, referenced_table_name,
       referenced_column_name, NULL, table_schema, NULL
FROM information_schema.key_column_usage
WHERE table_schema = @schema AND referenced_table_name IS NOT NULL @only
ORDER BY table_name, constraint_name, ordinal_position)sql";

inline constexpr std::string_view kForeignKeyRules = R"sql(
SELECT table_name, constraint_name, update_rule, delete_rule
FROM information_schema.referential_constraints
WHERE constraint_schema = @schema @only)sql";

inline constexpr std::string_view kForeignKeysTo = R"sql(
SELECT k.table_name, k.constraint_name, k.column_name, k.referenced_table_schema,
       k.referenced_table_name, k.referenced_column_name, r.update_rule, k.table_schema,
       r.delete_rule
FROM information_schema.key_column_usage AS k
JOIN information_schema.referential_constraints AS r
  ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name
  AND r.table_name = k.table_name
WHERE k.referenced_table_schema = @schema @only
ORDER BY k.table_schema, k.table_name, k.constraint_name, k.ordinal_position)sql";

inline constexpr std::string_view kChecksMariadb = R"sql(
SELECT table_name, constraint_name, check_clause, 'YES', level
FROM information_schema.check_constraints
WHERE constraint_schema = @schema @only
ORDER BY table_name, level, constraint_name)sql";

// LIMIT keeps each side a table of its own. Joined as the views that they are, MySQL reads one for
// every row of the other: half a minute for 1,000 checks.
inline constexpr std::string_view kChecksMysql = R"sql(
SELECT t.table_name, c.constraint_name, c.check_clause, t.enforced, 'Table'
FROM (SELECT constraint_name, check_clause FROM information_schema.check_constraints
      WHERE constraint_schema = @schema LIMIT 18446744073709551615) AS c
JOIN (SELECT table_name, constraint_name, enforced FROM information_schema.table_constraints
      WHERE constraint_schema = @schema AND constraint_type = 'CHECK'
      LIMIT 18446744073709551615) AS t ON t.constraint_name = c.constraint_name
WHERE t.table_name IS NOT NULL @only
ORDER BY t.table_name, c.constraint_name)sql";

inline constexpr std::string_view kTriggersToSave = R"sql(
  SELECT trigger_name, definer, sql_mode, collation_connection FROM information_schema.triggers
  WHERE trigger_schema = database() AND event_object_table = )sql";
inline constexpr std::string_view kTriggerThere = R"sql(
  SELECT 1 FROM information_schema.triggers WHERE trigger_schema = database() AND trigger_name = )sql";
// Source: MySQL 8.4 manual "Stored Object Access Control"; MariaDB "SET USER".
inline constexpr std::string_view kMayNameDefiners = R"sql(
  SELECT 1 FROM information_schema.user_privileges
  WHERE privilege_type IN ('SUPER', 'SET USER', 'SET_USER_ID', 'SET_ANY_DEFINER')
    AND grantee = CONCAT('''', SUBSTRING_INDEX(CURRENT_USER(), '@', 1), '''@''',
                         SUBSTRING_INDEX(CURRENT_USER(), '@', -1), '''') LIMIT 1)sql";
inline constexpr std::string_view kTriggers = R"sql(
SELECT event_object_table, trigger_name, action_timing, event_manipulation, action_statement,
       definer
FROM information_schema.triggers
WHERE trigger_schema = @schema @only
ORDER BY event_object_table, action_timing DESC, event_manipulation, action_order)sql";

inline constexpr std::string_view kRoutines = R"sql(
SELECT routine_name, routine_type, routine_definition
FROM information_schema.routines
WHERE routine_schema = @schema AND routine_type IN ('FUNCTION', 'PROCEDURE')
ORDER BY routine_type, routine_name)sql";

inline constexpr std::string_view kPackages = R"sql(
SELECT routine_name, routine_type FROM information_schema.routines
WHERE routine_schema = @schema AND routine_type IN ('PACKAGE', 'PACKAGE BODY')
ORDER BY routine_type, routine_name)sql";

/// What is read by other rules than those of a session of crossload.
inline constexpr std::string_view kModes = R"sql(
SELECT 'trigger', trigger_name, event_object_table, sql_mode FROM information_schema.triggers
WHERE trigger_schema = @schema AND CAST(sql_mode AS CHAR)
  REGEXP 'ANSI_QUOTES|PIPES_AS_CONCAT|NO_BACKSLASH_ESCAPES|HIGH_NOT_PRECEDENCE'
UNION ALL
SELECT LOWER(routine_type), routine_name, '', sql_mode FROM information_schema.routines
WHERE routine_schema = @schema AND routine_type IN ('FUNCTION', 'PROCEDURE')
  AND CAST(sql_mode AS CHAR)
  REGEXP 'ANSI_QUOTES|PIPES_AS_CONCAT|NO_BACKSLASH_ESCAPES|HIGH_NOT_PRECEDENCE'
ORDER BY 1, 2)sql";

inline constexpr std::string_view kEvents = R"sql(
SELECT event_name FROM information_schema.events WHERE event_schema = @schema ORDER BY event_name)sql";

inline constexpr std::string_view kViews = R"sql(
SELECT table_name, view_definition FROM information_schema.views
WHERE table_schema = @schema ORDER BY table_name)sql";

/// Views and columns of information_schema that only some servers have.
inline constexpr std::string_view kCatalogFeatures = R"sql(
SELECT LOWER(CONCAT(table_name, '.', column_name)) FROM information_schema.columns
WHERE table_schema = 'information_schema' AND (
  (table_name = 'COLUMNS' AND column_name IN ('SRS_ID', 'GENERATION_EXPRESSION')) OR
  (table_name = 'STATISTICS' AND column_name = 'EXPRESSION') OR
  (table_name = 'CHECK_CONSTRAINTS' AND column_name = 'CHECK_CLAUSE')))sql";

}  // namespace crossload::driver::mysql::queries
