#pragma once

#include <string>
#include <vector>

// The driver's SQL. Everything of the system is qualified: a search path may hold anything.
namespace crossload::driver::postgres::queries {

/// Databases that can be connected to, with their sizes where the user may know them.
inline constexpr const char* kDatabases = R"(
SELECT d.datname, CASE WHEN pg_catalog.has_database_privilege(d.oid, 'CONNECT')
                       THEN pg_catalog.pg_database_size(d.oid) END
FROM pg_catalog.pg_database d WHERE d.datallowconn AND NOT d.datistemplate ORDER BY d.datname)";

/// What tells one server from all others.
inline constexpr const char* kServerIdentity = R"(
SELECT s.system_identifier || ':' || pg_catalog.current_setting('port')
FROM pg_catalog.pg_control_system() s)";

// Of the catalog, in catalog_queries.cpp. $1: the number of one relation, NULL for all.
std::string listed_relations();  ///< Tables and views with sizes, without $1.
/// One text that differs when rows of any table were written since, or its file was replaced; empty
/// where the server does not count them. Without $1.
std::string counters_of_tables();
std::string tables();
std::string columns();
/// Whose indexes are meant where all are: a view may be materialized.
enum class IndexesOf { kTables, kViews };
std::string indexes(int server_version, IndexesOf of);
std::string constraints(int server_version);
std::string incoming_keys(int server_version);  ///< As foreign keys of constraints().
std::string triggers();
// Of everything, without $1.
std::string views();
std::string routines();
std::string user_types();
std::string sequences();
/// What only PostgreSQL has a word for, in an order in which it can be made, in
/// engine_object_queries.cpp. Columns: type, schema, name, schema and name of the table it belongs
/// to, statement.
std::vector<std::string> engine_objects(int server_version);

/// The types of columns and what they are made of. $1: the number of one relation, NULL for all.
inline constexpr const char* kTypes = R"(
WITH RECURSIVE needed(oid) AS (
  SELECT a.atttypid FROM pg_catalog.pg_attribute a
  JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE a.attnum > 0 AND NOT a.attisdropped
    AND CASE WHEN $1::pg_catalog.oid IS NULL
             THEN c.relkind IN ('r', 'p', 'f') AND n.nspname <> 'pg_catalog'
               AND n.nspname <> 'information_schema'
             ELSE c.oid = $1::pg_catalog.oid END
  UNION
  SELECT more.oid FROM needed d JOIN pg_catalog.pg_type t ON t.oid = d.oid
  CROSS JOIN LATERAL (VALUES (t.typbasetype), (t.typelem)) more(oid) WHERE more.oid <> 0)
SELECT t.oid, n.nspname, t.typname, t.typtype, t.typbasetype, t.typtypmod,
       CASE WHEN t.typcategory = 'A' AND t.typlen = -1 AND t.typtype = 'b'
             AND t.typname NOT IN ('int2vector', 'oidvector') THEN t.typelem ELSE 0 END,
       (SELECT pg_catalog.array_agg(e.enumlabel::pg_catalog.text ORDER BY e.enumsortorder)
        FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid)
FROM needed d JOIN pg_catalog.pg_type t ON t.oid = d.oid
JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace)";

/// The relation with a name, exactly or with ASCII letters folded to lower case. $1: schema, $2:
/// name.
inline constexpr const char* kFindRelation = R"(
SELECT c.oid, n.nspname, c.relname FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname = $1 AND c.relname = $2)";

/// Schemas that are not the system's own.
inline constexpr const char* kSchemas = R"(
SELECT n.nspname FROM pg_catalog.pg_namespace n
WHERE n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
ORDER BY n.nspname)";

/// The sequence behind an identity or serial column of a table ($1: its name as SQL has it), with
/// its bounds.
inline constexpr const char* kOwnedSequences = R"(
SELECT sn.nspname, s.relname, a.attname, q.seqincrement, q.seqmin, q.seqmax
FROM (
  SELECT d.objid AS sequence, d.refobjsubid AS attnum
  FROM pg_catalog.pg_depend d
  WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
    AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
    AND d.refobjid = pg_catalog.to_regclass($1) AND d.deptype IN ('a', 'i')
  UNION
  SELECT u.refobjid, e.adnum
  FROM pg_catalog.pg_attrdef e
  JOIN pg_catalog.pg_depend u ON u.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass
    AND u.objid = e.oid AND u.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
  WHERE e.adrelid = pg_catalog.to_regclass($1)) x
JOIN pg_catalog.pg_class s ON s.oid = x.sequence AND s.relkind = 'S'
JOIN pg_catalog.pg_namespace sn ON sn.oid = s.relnamespace
JOIN pg_catalog.pg_sequence q ON q.seqrelid = s.oid
JOIN pg_catalog.pg_attribute a ON a.attrelid = pg_catalog.to_regclass($1) AND a.attnum = x.attnum
WHERE a.attnum > 0
ORDER BY a.attnum, sn.nspname, s.relname)";

/// Foreign keys of a table, or pointing at it ($2), as they are to be made again. $1: its name as
/// SQL has it. Partitioned tables take no key that is NOT VALID.
inline constexpr const char* kKeyDefinitions = R"(
SELECT n.nspname, c.relname, con.conname,
       pg_catalog.regexp_replace(pg_catalog.pg_get_constraintdef(con.oid), ' NOT VALID$', ''),
       c.relkind = 'p'
FROM pg_catalog.pg_constraint con
JOIN pg_catalog.pg_class c ON c.oid = con.conrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE con.contype = 'f' AND con.conparentid = 0
  AND (con.conrelid = pg_catalog.to_regclass($1)
       OR ($2::pg_catalog.bool AND con.confrelid = pg_catalog.to_regclass($1)))
ORDER BY con.oid)";

/// The foreign keys of tables and those of others that point at them, with what a look for orphans
/// needs. $1: the tables' names as SQL has them.
inline constexpr const char* kKeysToCheck = R"(
SELECT con.conname, n.nspname, c.relname, rn.nspname, rc.relname, con.confmatchtype,
       con.convalidated, c.relkind = 'p', rc.relkind = 'p',
       (SELECT pg_catalog.array_agg(a.attname::pg_catalog.text ORDER BY k.n)
        FROM pg_catalog.unnest(con.conkey) WITH ORDINALITY k(attnum, n)
        JOIN pg_catalog.pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = k.attnum),
       (SELECT pg_catalog.array_agg(a.attname::pg_catalog.text ORDER BY k.n)
        FROM pg_catalog.unnest(con.confkey) WITH ORDINALITY k(attnum, n)
        JOIN pg_catalog.pg_attribute a ON a.attrelid = con.confrelid AND a.attnum = k.attnum),
       (SELECT pg_catalog.array_agg(CASE WHEN f.attcollation <> p.attcollation
                 THEN ' COLLATE ' || pg_catalog.quote_ident(ln.nspname) || '.'
                      || pg_catalog.quote_ident(l.collname) ELSE '' END ORDER BY k.n)
        FROM ROWS FROM (pg_catalog.unnest(con.conkey), pg_catalog.unnest(con.confkey)) WITH ORDINALITY k(child, parent, n)
        JOIN pg_catalog.pg_attribute f ON f.attrelid = con.conrelid AND f.attnum = k.child
        JOIN pg_catalog.pg_attribute p ON p.attrelid = con.confrelid AND p.attnum = k.parent
        LEFT JOIN pg_catalog.pg_collation l ON l.oid = p.attcollation
        LEFT JOIN pg_catalog.pg_namespace ln ON ln.oid = l.collnamespace),
       (SELECT pg_catalog.array_agg(a.attname::pg_catalog.text ORDER BY k.n)
        FROM pg_catalog.pg_constraint pk
        CROSS JOIN LATERAL pg_catalog.unnest(pk.conkey) WITH ORDINALITY k(attnum, n)
        JOIN pg_catalog.pg_attribute a ON a.attrelid = pk.conrelid AND a.attnum = k.attnum
        WHERE pk.conrelid = con.conrelid AND pk.contype = 'p'),
       pg_catalog.regexp_replace(pg_catalog.pg_get_constraintdef(con.oid), ' NOT VALID$', '')
FROM pg_catalog.pg_constraint con
JOIN pg_catalog.pg_class c ON c.oid = con.conrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_class rc ON rc.oid = con.confrelid
JOIN pg_catalog.pg_namespace rn ON rn.oid = rc.relnamespace
WHERE con.contype = 'f' AND con.conparentid = 0
  AND EXISTS (SELECT FROM pg_catalog.unnest($1::pg_catalog.text[]) t(name)
              WHERE pg_catalog.to_regclass(t.name) IN (con.conrelid, con.confrelid))
ORDER BY n.nspname, c.relname, con.conname)";

/// Columns of a relation ($1: its oid) by whose values reading can go on: their order is total, and
/// their text comes back as it was.
inline constexpr const char* kOrderedColumns = R"(
WITH RECURSIVE base(attname, attnotnull, attcollation, oid) AS (
  SELECT a.attname, a.attnotnull, a.attcollation, a.atttypid FROM pg_catalog.pg_attribute a
  WHERE a.attrelid = $1::pg_catalog.oid AND a.attnum > 0 AND NOT a.attisdropped
  UNION ALL
  SELECT b.attname, b.attnotnull, b.attcollation, t.typbasetype FROM base b
  JOIN pg_catalog.pg_type t ON t.oid = b.oid WHERE t.typtype = 'd')
SELECT b.attname FROM base b
JOIN pg_catalog.pg_type t ON t.oid = b.oid
LEFT JOIN pg_catalog.pg_collation l ON l.oid = b.attcollation
WHERE t.typtype IN ('b', 'e') AND b.attnotnull AND COALESCE(l.collisdeterministic, true)
  AND (t.typtype = 'e' OR t.typname = 'citext' OR t.oid IN (
    'int2'::pg_catalog.regtype, 'int4'::pg_catalog.regtype, 'int8'::pg_catalog.regtype,
    'numeric'::pg_catalog.regtype, 'text'::pg_catalog.regtype, 'varchar'::pg_catalog.regtype,
    'bpchar'::pg_catalog.regtype, 'name'::pg_catalog.regtype, 'bytea'::pg_catalog.regtype,
    'bool'::pg_catalog.regtype, 'date'::pg_catalog.regtype, 'time'::pg_catalog.regtype,
    'timetz'::pg_catalog.regtype, 'timestamp'::pg_catalog.regtype,
    'timestamptz'::pg_catalog.regtype, 'interval'::pg_catalog.regtype, 'uuid'::pg_catalog.regtype,
    'bit'::pg_catalog.regtype, 'varbit'::pg_catalog.regtype, 'inet'::pg_catalog.regtype,
    'cidr'::pg_catalog.regtype, 'macaddr'::pg_catalog.regtype, 'oid'::pg_catalog.regtype)))";

/// What a relation is, and whether its rows are hidden from the user in part. $1: its name as SQL
/// has it.
inline constexpr const char* kRelationKind = R"(
SELECT c.relkind, c.relrowsecurity AND pg_catalog.row_security_active(c.oid)
FROM pg_catalog.pg_class c WHERE c.oid = pg_catalog.to_regclass($1))";

/// The definitions of the views with the names in $1, and of those that they read.
inline constexpr const char* kViewDefinitions = R"(
WITH RECURSIVE seen(oid) AS (
  SELECT c.oid FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'v' AND c.relname = ANY ($1::pg_catalog.name[])
    AND n.nspname NOT IN ('pg_catalog', 'information_schema')
  UNION
  SELECT c.oid FROM seen s
  JOIN pg_catalog.pg_rewrite r ON r.ev_class = s.oid
  JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
    AND d.objid = r.oid AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
  JOIN pg_catalog.pg_class c ON c.oid = d.refobjid AND c.relkind = 'v'
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname NOT IN ('pg_catalog', 'information_schema'))
SELECT pg_catalog.pg_get_viewdef(s.oid) FROM seen s)";

/// What among the names called ($1), members ($2), operators ($3) and all other names ($4) may do
/// more than tell something. Functions of the system that are volatile and harmless are listed.
inline constexpr const char* kFunctionsWithEffects = R"(
SELECT 'the function ' || p.proname FROM pg_catalog.pg_proc p
WHERE p.proname = ANY ($1::pg_catalog.name[]) AND p.provolatile = 'v'
  AND NOT (p.oid < 16384 AND p.proname IN (
    'random', 'random_normal', 'clock_timestamp', 'timeofday', 'gen_random_uuid', 'uuidv4', 'uuidv7',
    'txid_current_if_assigned', 'pg_current_xact_id_if_assigned', 'txid_status', 'pg_xact_status',
    'pg_xact_commit_timestamp', 'pg_last_committed_xact', 'pg_sleep', 'pg_sleep_for',
    'pg_sleep_until', 'pg_relation_size', 'pg_table_size', 'pg_indexes_size',
    'pg_total_relation_size', 'pg_database_size', 'pg_tablespace_size', 'pg_is_in_recovery',
    'pg_current_wal_lsn', 'pg_current_wal_insert_lsn', 'pg_current_wal_flush_lsn',
    'pg_last_wal_receive_lsn', 'pg_last_wal_replay_lsn', 'pg_last_xact_replay_timestamp',
    'pg_blocking_pids', 'pg_safe_snapshot_blocking_pids', 'pg_lock_status', 'currval', 'lastval',
    'pg_sequence_last_value', 'pg_jit_available', 'pg_collation_actual_version',
    'pg_database_collation_actual_version', 'pg_partition_tree', 'pg_partition_ancestors',
    'pg_control_checkpoint', 'pg_control_init', 'pg_control_recovery', 'pg_control_system',
    'pg_notification_queue_usage', 'lo_get', 'system', 'bernoulli', 'current_query'))
  AND NOT (p.proname IN ('uuid_generate_v1', 'uuid_generate_v1mc', 'uuid_generate_v4',
                         'gen_random_bytes', 'gen_salt')
    AND EXISTS (SELECT FROM pg_catalog.pg_depend d
                WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND d.objid = p.oid
                  AND d.deptype = 'e'))
UNION ALL
SELECT 'the function ' || p.proname FROM pg_catalog.pg_proc p
JOIN pg_catalog.pg_type t ON t.oid = p.proargtypes[0]
WHERE p.proname = ANY ($2::pg_catalog.name[]) AND p.provolatile = 'v' AND t.typtype IN ('c', 'p')
UNION ALL
SELECT 'the operator ' || o.oprname FROM pg_catalog.pg_operator o
JOIN pg_catalog.pg_proc p ON p.oid = o.oprcode
WHERE o.oid >= 16384 AND p.provolatile = 'v'
  AND EXISTS (SELECT FROM pg_catalog.unnest($3::pg_catalog.text[]) u(run)
              WHERE pg_catalog.strpos(u.run, o.oprname::pg_catalog.text) > 0)
UNION ALL
SELECT 'the type ' || t.typname FROM pg_catalog.pg_type t
WHERE t.oid >= 16384 AND t.typname = ANY ($4::pg_catalog.name[] || $1::pg_catalog.name[])
  AND (EXISTS (SELECT FROM pg_catalog.pg_cast c JOIN pg_catalog.pg_proc p ON p.oid = c.castfunc
               WHERE t.oid IN (c.castsource, c.casttarget) AND p.provolatile = 'v')
    OR EXISTS (SELECT FROM pg_catalog.pg_constraint k
               JOIN pg_catalog.pg_depend d
                 ON d.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass AND d.objid = k.oid
                AND d.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass
               JOIN pg_catalog.pg_proc p ON p.oid = d.refobjid
               WHERE k.contypid = t.oid AND p.provolatile = 'v'))
LIMIT 1)";

/// Triggers that prove deferrable keys, of a table and its partitions, where they are silent. $1:
/// the table's name. Columns: quoted name of the table, trigger.
inline constexpr const char* kSilentKeyTriggers = R"(
SELECT pg_catalog.format('%I.%I', n.nspname, c.relname), t.tgname
FROM pg_catalog.pg_trigger t
JOIN pg_catalog.pg_constraint k ON k.oid = t.tgconstraint
JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE pg_catalog.current_setting('session_replication_role') = 'replica'
  AND t.tgisinternal AND t.tgenabled = 'O' AND k.contype IN ('p', 'u', 'x')
  AND (t.tgrelid = $1::pg_catalog.regclass
    OR t.tgrelid IN (SELECT relid FROM pg_catalog.pg_partition_tree($1::pg_catalog.regclass)))
ORDER BY t.tgname)";

}  // namespace crossload::driver::postgres::queries
