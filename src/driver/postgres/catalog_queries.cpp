#include "queries.h"

namespace crossload::driver::postgres::queries {
namespace {

// Tables, views and the like that are a user's: not the system's, not an extension's, not
// temporary, not the program's own. To be followed by a list of kinds.
const std::string kOfUsers = R"(
  c.relpersistence <> 't' AND n.nspname NOT IN ('pg_catalog', 'information_schema')
  AND n.nspname NOT LIKE 'pg\_toast%' AND c.relname NOT IN ('crossload_ledger', 'crossload_saved_keys')
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.deptype = 'e'
    AND ((x.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND x.objid = c.oid)
      OR (x.classid = 'pg_catalog.pg_namespace'::pg_catalog.regclass AND x.objid = n.oid)))
  AND c.relkind IN )";

const std::string kFromClass = R"(
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
)";

// The relations that $1 asks for, those of some kinds where it is NULL, as the common table
// rel(oid, nspname, relname, ...).
std::string relations(const std::string& kinds) {
  return "WITH rel AS MATERIALIZED (SELECT c.oid, n.nspname, c.relname, c.relkind, "
         "c.relispartition, c.relpartbound" +
         kFromClass + "WHERE CASE WHEN $1::pg_catalog.oid IS NULL THEN " + kOfUsers + kinds +
         " ELSE c.oid = $1::pg_catalog.oid END)";
}

const std::string kRelations = relations("('r', 'p', 'f')");

// The names of the columns that an array of numbers names.
std::string names_of(const std::string& relation, const std::string& numbers) {
  return "(SELECT pg_catalog.array_agg(a.attname::pg_catalog.text ORDER BY k.n) "
         "FROM pg_catalog.unnest(" +
         numbers +
         ") WITH ORDINALITY k(attnum, n) JOIN pg_catalog.pg_attribute a ON a.attrelid = " +
         relation + " AND a.attnum = k.attnum)";
}

// Columns of a constraint con on tables rel and, for foreign keys, rn.rc.
std::string constraint_columns(int server_version) {
  constexpr int kNotEnforced = 180'000;
  const std::string enforced = server_version >= kNotEnforced ? "con.conenforced" : "true";
  return "con.conrelid, con.contype, con.conname, " + names_of("con.conrelid", "con.conkey") +
         ", CASE WHEN con.contype = 'c' THEN pg_catalog.pg_get_expr(con.conbin, con.conrelid, "
         "true) "
         "END, con.convalidated, CASE WHEN con.contype = 'f' THEN pg_catalog.\"substring\"("
         "pg_catalog.pg_get_constraintdef(con.oid), 'ON DELETE SET [A-Z]+ ([(].*[)])') END, "
         "rn.nspname, rc.relname, " +
         names_of("con.confrelid", "con.confkey") +
         ", con.confupdtype, con.confdeltype, con.condeferrable, con.condeferred, "
         "con.confmatchtype = 'f', " +
         enforced + ", con.connoinherit";
}

const std::string kReferenced =
    " LEFT JOIN pg_catalog.pg_class rc ON rc.oid = con.confrelid "
    "LEFT JOIN pg_catalog.pg_namespace rn ON rn.oid = rc.relnamespace ";

}  // namespace

// A standby counts nothing of what it replays. A session's counts arrive at the latest ten seconds
// after its last statement, and when it ends.
std::string counters_of_tables() {
  return "SELECT CASE WHEN pg_catalog.current_setting('track_counts') = 'on' "
         "AND NOT pg_catalog.pg_is_in_recovery() THEN pg_catalog.md5(COALESCE("
         "pg_catalog.string_agg(pg_catalog.concat_ws(':', c.oid, "
         "pg_catalog.pg_relation_filenode(c.oid), pg_catalog.pg_stat_get_tuples_inserted(c.oid), "
         "pg_catalog.pg_stat_get_tuples_updated(c.oid), "
         "pg_catalog.pg_stat_get_tuples_deleted(c.oid)), ',' ORDER BY c.oid), '')) ELSE '' END" +
         kFromClass + "WHERE " + kOfUsers + "('r', 'm')";
}

std::string listed_relations() {
  return "SELECT c.oid, n.nspname, c.relname, c.relkind, c.relispartition, c.reltuples, "
         "CASE WHEN c.relkind IN ('r', 'm') AND pg_catalog.has_table_privilege(c.oid, 'SELECT') "
         "THEN pg_catalog.pg_total_relation_size(c.oid) END, "
         "CASE WHEN c.relkind IN ('r', 'm') AND pg_catalog.has_table_privilege(c.oid, 'SELECT') "
         "AND NOT c.relrowsecurity THEN pg_catalog.pg_relation_size(c.oid) END" +
         kFromClass + "WHERE " + kOfUsers +
         "('r', 'p', 'v', 'm', 'f') ORDER BY n.nspname, c.relname";
}

std::string tables() {
  return kRelations + R"(
SELECT rel.oid, rel.nspname, rel.relname, rel.relkind,
       pg_catalog.obj_description(rel.oid, 'pg_class'),
       NULLIF(pg_catalog.concat_ws(' ',
         CASE WHEN rel.relispartition THEN pg_catalog.pg_get_expr(rel.relpartbound, rel.oid) END,
         CASE WHEN rel.relkind = 'p' THEN 'PARTITION BY ' || pg_catalog.pg_get_partkeydef(rel.oid)
         END), ''),
       pn.nspname, pc.relname, parents.schemas, parents.names
FROM rel
LEFT JOIN pg_catalog.pg_inherits i ON rel.relispartition AND i.inhrelid = rel.oid
LEFT JOIN pg_catalog.pg_class pc ON pc.oid = i.inhparent
LEFT JOIN pg_catalog.pg_namespace pn ON pn.oid = pc.relnamespace
CROSS JOIN LATERAL (
  SELECT pg_catalog.array_agg(hn.nspname::pg_catalog.text ORDER BY h.inhseqno) AS schemas,
         pg_catalog.array_agg(hc.relname::pg_catalog.text ORDER BY h.inhseqno) AS names
  FROM pg_catalog.pg_inherits h JOIN pg_catalog.pg_class hc ON hc.oid = h.inhparent
  JOIN pg_catalog.pg_namespace hn ON hn.oid = hc.relnamespace
  WHERE h.inhrelid = rel.oid AND NOT rel.relispartition) parents
ORDER BY rel.nspname, rel.relname)";
}

std::string columns() {
  return kRelations + R"(
SELECT a.attrelid, a.attname, a.atttypid, a.atttypmod,
       pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull,
       pg_catalog.pg_get_expr(d.adbin, d.adrelid, true), a.attgenerated, a.attidentity,
       d.oid IS NOT NULL AND EXISTS (
         SELECT FROM pg_catalog.pg_depend s
         JOIN pg_catalog.pg_depend u ON u.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass
           AND u.objid = d.oid AND u.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
           AND u.refobjid = s.objid
         JOIN pg_catalog.pg_class q ON q.oid = s.objid AND q.relkind = 'S'
         WHERE s.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
           AND s.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
           AND s.refobjid = a.attrelid AND s.refobjsubid = a.attnum AND s.deptype = 'a'),
       CASE WHEN a.attcollation <> t.typcollation THEN l.collname END,
       pg_catalog.col_description(a.attrelid, a.attnum),
       a.attinhcount > 0 AND NOT a.attislocal AND NOT rel.relispartition,
       ln.nspname
FROM rel
JOIN pg_catalog.pg_attribute a ON a.attrelid = rel.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation
LEFT JOIN pg_catalog.pg_namespace ln ON ln.oid = l.collnamespace
ORDER BY a.attrelid, a.attnum)";
}

// Arrays by position of the parts: column (empty for an expression), expression, option, collation
// where it is not the column's own.
std::string indexes(int server_version, IndexesOf of) {
  constexpr int kNullsNotDistinct = 150'000;
  const std::string distinct =
      server_version >= kNullsNotDistinct ? "x.indnullsnotdistinct" : "false";
  return (of == IndexesOf::kViews ? relations("('m')") : kRelations) + R"(
SELECT x.indrelid, ic.relname, x.indisunique, con.contype, am.amname,
       pg_catalog.pg_get_expr(x.indpred, x.indrelid, true), x.indnkeyatts,
       parts.columns, parts.expressions, parts.options, parts.collations,)" +
         distinct + R"(,
       CASE WHEN con.contype IN ('x', 'u') THEN 'ALTER TABLE ' || pg_catalog.quote_ident(rel.nspname) || '.'
              || pg_catalog.quote_ident(rel.relname) || ' ADD CONSTRAINT '
              || pg_catalog.quote_ident(con.conname) || ' '
              || pg_catalog.pg_get_constraintdef(con.oid)
            ELSE pg_catalog.pg_get_indexdef(x.indexrelid) END,
       COALESCE(con.condeferrable, false), COALESCE(con.condeferred, false)
FROM rel
JOIN pg_catalog.pg_index x ON x.indrelid = rel.oid AND x.indisvalid
JOIN pg_catalog.pg_class ic ON ic.oid = x.indexrelid
JOIN pg_catalog.pg_am am ON am.oid = ic.relam
LEFT JOIN pg_catalog.pg_constraint con ON con.conindid = x.indexrelid
  AND con.contype IN ('p', 'u', 'x')
CROSS JOIN LATERAL (
  SELECT pg_catalog.array_agg(COALESCE(a.attname::pg_catalog.text, '') ORDER BY p.n) AS columns,
         pg_catalog.array_agg(CASE WHEN a.attname IS NULL
           THEN pg_catalog.pg_get_indexdef(x.indexrelid, p.n, true) ELSE '' END ORDER BY p.n)
           AS expressions,
         pg_catalog.array_agg(CASE WHEN p.n <= x.indnkeyatts THEN x.indoption[p.n - 1]::pg_catalog.text
           ELSE '0' END ORDER BY p.n) AS options,
         pg_catalog.array_agg(CASE WHEN p.n <= x.indnkeyatts
           AND x.indcollation[p.n - 1] <> COALESCE(a.attcollation, 0)
           AND (a.attname IS NOT NULL OR l.collname <> 'default')
           THEN COALESCE(l.collname::pg_catalog.text, '') ELSE '' END ORDER BY p.n) AS collations
  FROM pg_catalog.generate_series(1, x.indnatts::pg_catalog.int4) p(n)
  LEFT JOIN pg_catalog.pg_attribute a
    ON a.attrelid = x.indrelid AND a.attnum = x.indkey[p.n - 1] AND a.attnum <> 0
  LEFT JOIN pg_catalog.pg_collation l
    ON p.n <= x.indnkeyatts AND l.oid = x.indcollation[p.n - 1]) parts
ORDER BY x.indrelid, con.contype IS DISTINCT FROM 'p', ic.relname)";
}

// Keys of partitions that come from their parent's are the parent's.
std::string constraints(int server_version) {
  return kRelations + "SELECT " + constraint_columns(server_version) +
         ", rel.nspname, rel.relname FROM rel JOIN pg_catalog.pg_constraint con ON con.conrelid = "
         "rel.oid AND con.contype IN ('p', 'c', 'f') AND (con.contype = 'p' OR con.conparentid = "
         "0)" +
         kReferenced + "ORDER BY con.conrelid, con.conname";
}

std::string incoming_keys(int server_version) {
  return "SELECT " + constraint_columns(server_version) +
         ", n.nspname, c.relname FROM pg_catalog.pg_constraint con "
         "JOIN pg_catalog.pg_class c ON c.oid = con.conrelid "
         "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace" +
         kReferenced +
         "WHERE con.contype = 'f' AND con.conparentid = 0 AND con.confrelid = $1::pg_catalog.oid "
         "ORDER BY n.nspname, c.relname, con.conname";
}

std::string triggers() {
  return "SELECT t.tgrelid, t.tgname, n.nspname, c.relname, t.tgtype, "
         "pg_catalog.pg_get_triggerdef(t.oid), t.tgenabled IN ('O', 'A')" +
         std::string(
             " FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid "
             "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
             "WHERE NOT t.tgisinternal AND NOT (c.relispartition AND EXISTS (SELECT FROM "
             "pg_catalog.pg_depend p WHERE p.classid = 'pg_catalog.pg_trigger'"
             "::pg_catalog.regclass AND p.objid = t.oid AND p.refclassid = p.classid)) AND "
             "CASE WHEN $1::pg_catalog.oid IS NULL THEN ") +
         kOfUsers +
         "('r', 'p', 'f', 'v') ELSE c.oid = $1::pg_catalog.oid END ORDER BY t.tgrelid, "
         "t.tgname";
}

// The text that pg_dump prints: the pretty one leaves out brackets, and two views that differ in
// them would be one.
std::string views() {
  return "SELECT c.oid, n.nspname, c.relname, c.relkind = 'm', "
         "pg_catalog.rtrim(pg_catalog.pg_get_viewdef(c.oid), ';'), "
         "pg_catalog.array_to_string(c.reloptions, ', ')" +
         kFromClass + "WHERE " + kOfUsers + "('v', 'm') ORDER BY c.oid";
}

std::string routines() {
  return R"(
SELECT n.nspname, p.proname, p.prokind <> 'p', pg_catalog.pg_get_functiondef(p.oid)
FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE p.prokind <> 'a' AND n.nspname NOT IN ('pg_catalog', 'information_schema')
  AND n.nspname NOT LIKE 'pg\_temp%'
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.deptype = 'e'
    AND x.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND x.objid = p.oid)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.deptype = 'i'
    AND x.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND x.objid = p.oid)
ORDER BY n.nspname, p.proname, p.oid)";
}

// By kind: labels of an enum, base and clauses of a domain, attributes of a composite, properties
// of a range.
std::string user_types() {
  return R"(
SELECT n.nspname, t.typname, t.typtype,
  (SELECT pg_catalog.array_agg(e.enumlabel::pg_catalog.text ORDER BY e.enumsortorder)
   FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid),
  CASE WHEN t.typtype = 'd' THEN pg_catalog.format_type(t.typbasetype, t.typtypmod) END,
  CASE t.typtype
    WHEN 'd' THEN pg_catalog.array_remove(ARRAY[
        CASE WHEN t.typcollation <> b.typcollation
             THEN 'COLLATE ' || pg_catalog.quote_ident(l.collname) END,
        'DEFAULT ' || t.typdefault, CASE WHEN t.typnotnull THEN 'NOT NULL' END], NULL)
      || COALESCE((SELECT pg_catalog.array_agg('CONSTRAINT ' || pg_catalog.quote_ident(k.conname)
           || ' ' || pg_catalog.pg_get_constraintdef(k.oid, true) ORDER BY k.conname)
         FROM pg_catalog.pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c'),
         ARRAY[]::pg_catalog.text[])
    WHEN 'c' THEN (SELECT pg_catalog.array_agg(pg_catalog.quote_ident(a.attname) || ' '
           || pg_catalog.format_type(a.atttypid, a.atttypmod) ORDER BY a.attnum)
         FROM pg_catalog.pg_attribute a
         WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped)
    WHEN 'r' THEN (SELECT pg_catalog.array_remove(ARRAY[
           'SUBTYPE = ' || pg_catalog.format_type(r.rngsubtype, NULL),
           CASE WHEN r.rngsubdiff <> 0 THEN 'SUBTYPE_DIFF = ' || r.rngsubdiff::pg_catalog.text END,
           CASE WHEN r.rngcollation <> 0 AND r.rngcollation <> s.typcollation
                THEN 'COLLATION = ' || pg_catalog.quote_ident(rl.collname) END], NULL)
         FROM pg_catalog.pg_range r JOIN pg_catalog.pg_type s ON s.oid = r.rngsubtype
         LEFT JOIN pg_catalog.pg_collation rl ON rl.oid = r.rngcollation
         WHERE r.rngtypid = t.oid) END
FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
LEFT JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype
LEFT JOIN pg_catalog.pg_collation l ON l.oid = t.typcollation
WHERE t.typtype IN ('e', 'd', 'c', 'r') AND (t.typtype <> 'c' OR c.relkind = 'c')
  AND n.nspname NOT IN ('pg_catalog', 'information_schema')
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.deptype = 'e'
    AND x.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND x.objid = t.oid)
ORDER BY t.oid)";
}

std::string sequences() {
  return "SELECT n.nspname, c.relname, q.seqstart, q.seqincrement, "
         "pg_catalog.format_type(q.seqtypid, NULL), q.seqmin, q.seqmax, q.seqcycle, "
         "CASE WHEN pg_catalog.has_sequence_privilege(c.oid, 'SELECT,USAGE') "
         "THEN pg_catalog.pg_sequence_last_value(c.oid) END, "
         "tn.nspname, tc.relname, a.attname, q.seqcache "
         "FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
         "JOIN pg_catalog.pg_sequence q ON q.seqrelid = c.oid "
         "LEFT JOIN pg_catalog.pg_depend d ON d.classid = "
         "'pg_catalog.pg_class'::pg_catalog.regclass "
         "AND d.objid = c.oid AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass "
         "AND d.deptype IN ('a', 'i') "
         "LEFT JOIN pg_catalog.pg_class tc ON tc.oid = d.refobjid "
         "LEFT JOIN pg_catalog.pg_namespace tn ON tn.oid = tc.relnamespace "
         "LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = "
         "d.refobjsubid "
         "WHERE " +
         kOfUsers + "('S') ORDER BY n.nspname, c.relname";
}

}  // namespace crossload::driver::postgres::queries
