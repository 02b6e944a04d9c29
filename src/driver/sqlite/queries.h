#pragma once

#include <string_view>

// The driver's own SQL. Source: sqlite.org "PRAGMA Statements" and "The Schema Table", 3.40.1.
namespace crossload::driver::sqlite::queries {

inline constexpr std::string_view kQueryOnly = "PRAGMA query_only=1";
inline constexpr std::string_view kReadSchema = "SELECT count(*) FROM sqlite_schema";

inline constexpr std::string_view kAttachSource = "ATTACH ?1 AS crossload_source";
inline constexpr std::string_view kAttachedJournal = "PRAGMA crossload_source.journal_mode";
inline constexpr std::string_view kDetachSource = "DETACH crossload_source";

inline constexpr std::string_view kTableList = R"sql(
  SELECT l.name, l.type, l.wr, l.strict, coalesce(s.sql, '')
  FROM pragma_table_list AS l
  LEFT JOIN sqlite_schema AS s ON s.name = l.name AND s.type IN ('table', 'view')
  WHERE l.schema = 'main' AND l.name NOT LIKE 'sqlite\_%' ESCAPE '\' AND l.name <> ?1 COLLATE NOCASE
  ORDER BY l.name)sql";

inline constexpr std::string_view kColumns = R"sql(
  SELECT name, type, "notnull", dflt_value, pk, hidden FROM pragma_table_xinfo(?1) ORDER BY cid)sql";

inline constexpr std::string_view kIndexes = R"sql(
  SELECT l.name, l."unique", l.origin, l.partial, coalesce(s.sql, '')
  FROM pragma_index_list(?1) AS l
  LEFT JOIN sqlite_schema AS s ON s.type = 'index' AND s.name = l.name
  ORDER BY l.seq DESC)sql";

inline constexpr std::string_view kIndexParts = R"sql(
  SELECT cid, name, "desc", coll FROM pragma_index_xinfo(?1) WHERE key ORDER BY seqno)sql";

inline constexpr std::string_view kForeignKeys = R"sql(
  SELECT id, "table", "from", "to", on_update, on_delete
  FROM pragma_foreign_key_list(?1) ORDER BY id DESC, seq)sql";

inline constexpr std::string_view kTriggers = R"sql(
  SELECT name, tbl_name, sql FROM sqlite_schema
  WHERE type = 'trigger' AND tbl_name = ?1 COLLATE NOCASE ORDER BY rowid)sql";

inline constexpr std::string_view kHasSequences =
    "SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'";
inline constexpr std::string_view kHasStatistics =
    "SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_stat1'";
// Pages of a table and its indexes together.
inline constexpr std::string_view kPageBytes = R"sql(
  SELECT s.tbl_name, sum(d.pgsize)
  FROM dbstat('main', 1) AS d JOIN sqlite_schema AS s ON s.name = d.name
  GROUP BY s.tbl_name)sql";
inline constexpr std::string_view kAnalyzedRows =
    "SELECT max(CAST(stat AS INTEGER)) FROM sqlite_stat1 WHERE tbl = ?1 COLLATE NOCASE";
inline constexpr std::string_view kSequence =
    "SELECT seq FROM sqlite_sequence WHERE name = ?1 COLLATE NOCASE AND typeof(seq) = 'integer'";
inline constexpr std::string_view kRemoveSequence =
    "DELETE FROM sqlite_sequence WHERE name = ?1 COLLATE NOCASE";
inline constexpr std::string_view kAddSequence =
    "INSERT INTO sqlite_sequence (name, seq) VALUES (?1, ?2)";

}  // namespace crossload::driver::sqlite::queries
