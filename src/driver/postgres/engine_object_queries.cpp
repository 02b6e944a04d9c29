// What only PostgreSQL has a word for: each query gives type, schema and name of the object, schema
// and name of the table it belongs to (NULL for one that stands alone), and its statement (NULL
// where there is none).
#include "queries.h"

namespace crossload::driver::postgres::queries {
namespace {

constexpr int kVersion13 = 130'000;
constexpr int kVersion14 = 140'000;
constexpr int kVersion15 = 150'000;
constexpr int kVersion16 = 160'000;
constexpr int kVersion17 = 170'000;

// Schemas and relations that are a user's; what comes from an extension is the extension's.
const std::string kOfUsers = R"(
WITH member AS MATERIALIZED (
  SELECT d.classid, d.objid FROM pg_catalog.pg_depend d WHERE d.deptype = 'e'),
ns AS MATERIALIZED (
  SELECT n.oid, n.nspname FROM pg_catalog.pg_namespace n
  WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\_toast%'
    AND n.nspname NOT LIKE 'pg\_temp%'
    AND NOT EXISTS (SELECT FROM member m WHERE m.objid = n.oid
      AND m.classid = 'pg_catalog.pg_namespace'::pg_catalog.regclass)),
rel AS MATERIALIZED (
  SELECT c.*, ns.nspname, pg_catalog.format('%I.%I', ns.nspname, c.relname) AS quoted
  FROM pg_catalog.pg_class c JOIN ns ON ns.oid = c.relnamespace
  WHERE c.relpersistence <> 't'
    AND c.relname NOT IN ('crossload_ledger', 'crossload_saved_keys')
    AND NOT EXISTS (SELECT FROM member m WHERE m.objid = c.oid
      AND m.classid = 'pg_catalog.pg_class'::pg_catalog.regclass)))";

std::string not_member(const std::string& catalog, const std::string& oid) {
  return " NOT EXISTS (SELECT FROM member m WHERE m.objid = " + oid + " AND m.classid = '" +
         catalog + "'::pg_catalog.regclass) ";
}

// A type; another for what a materialized view has, which is made behind the views.
std::string unless_of_view(const std::string& type) {
  return "CASE WHEN rel.relkind = 'm' THEN 'view_storage' ELSE '" + type + "' END";
}

// One that holds nothing is part of a database too.
const std::string kOwnSchemas = R"(
SELECT 'schema', NULL, 'schema ' || ns.nspname, NULL, NULL,
  pg_catalog.format('CREATE SCHEMA IF NOT EXISTS %I', ns.nspname)
FROM ns WHERE ns.nspname <> 'public' ORDER BY ns.nspname)";

// Of icu before 15 the locale stood where libc has it.
std::string collations(int version) {
  const std::string locale = version >= kVersion17   ? "l.colllocale"
                             : version >= kVersion15 ? "l.colliculocale"
                                                     : "l.collcollate";
  const std::string rules =
      version >= kVersion16
          ? "COALESCE(', RULES = ' || pg_catalog.quote_literal(l.collicurules), '') || "
          : "";
  return R"(
SELECT 'collation', ns.nspname, l.collname, NULL, NULL,
  pg_catalog.format('CREATE COLLATION %I.%I (', ns.nspname, l.collname) ||
  CASE l.collprovider
    WHEN 'c' THEN pg_catalog.format('PROVIDER = libc, LC_COLLATE = %L, LC_CTYPE = %L',
                                    l.collcollate, l.collctype)
    ELSE pg_catalog.format('PROVIDER = %s, LOCALE = %L',
           CASE l.collprovider WHEN 'i' THEN 'icu' ELSE 'builtin' END, )" +
         locale + R"() END ||
  )" + rules +
         R"(CASE WHEN l.collisdeterministic THEN ')' ELSE ', DETERMINISTIC = false)' END
FROM pg_catalog.pg_collation l JOIN ns ON ns.oid = l.collnamespace WHERE)" +
         not_member("pg_catalog.pg_collation", "l.oid") + "ORDER BY l.oid";
}

// Those over ordered sets have another syntax, and are told by their names.
const std::string kAggregates = R"(
SELECT 'aggregate', ns.nspname, p.proname, NULL, NULL,
  CASE WHEN a.aggkind = 'n' THEN
    pg_catalog.format('CREATE AGGREGATE %I.%I(%s) (SFUNC = %s, STYPE = %s', ns.nspname, p.proname,
      COALESCE(NULLIF(pg_catalog.pg_get_function_arguments(p.oid), ''), '*'),
      a.aggtransfn, pg_catalog.format_type(a.aggtranstype, NULL)) ||
    CASE WHEN a.aggtransspace <> 0 THEN ', SSPACE = ' || a.aggtransspace ELSE '' END ||
    CASE WHEN a.aggfinalfn <> 0 THEN ', FINALFUNC = ' || a.aggfinalfn::pg_catalog.text ELSE '' END ||
    CASE WHEN a.aggfinalextra THEN ', FINALFUNC_EXTRA' ELSE '' END ||
    CASE a.aggfinalmodify WHEN 's' THEN ', FINALFUNC_MODIFY = SHAREABLE'
      WHEN 'w' THEN ', FINALFUNC_MODIFY = READ_WRITE' ELSE '' END ||
    CASE WHEN a.aggcombinefn <> 0 THEN ', COMBINEFUNC = ' || a.aggcombinefn::pg_catalog.text ELSE '' END ||
    CASE WHEN a.aggserialfn <> 0 THEN ', SERIALFUNC = ' || a.aggserialfn::pg_catalog.text ELSE '' END ||
    CASE WHEN a.aggdeserialfn <> 0 THEN ', DESERIALFUNC = ' || a.aggdeserialfn::pg_catalog.text ELSE '' END ||
    COALESCE(', INITCOND = ' || pg_catalog.quote_literal(a.agginitval), '') ||
    CASE WHEN a.aggmtransfn <> 0 THEN ', MSFUNC = ' || a.aggmtransfn::pg_catalog.text ||
      ', MINVFUNC = ' || a.aggminvtransfn::pg_catalog.text || ', MSTYPE = ' ||
      pg_catalog.format_type(a.aggmtranstype, NULL) ELSE '' END ||
    CASE WHEN a.aggmtransspace <> 0 THEN ', MSSPACE = ' || a.aggmtransspace ELSE '' END ||
    CASE WHEN a.aggmfinalfn <> 0 THEN ', MFINALFUNC = ' || a.aggmfinalfn::pg_catalog.text ELSE '' END ||
    CASE WHEN a.aggmfinalextra THEN ', MFINALFUNC_EXTRA' ELSE '' END ||
    CASE a.aggmfinalmodify WHEN 's' THEN ', MFINALFUNC_MODIFY = SHAREABLE'
      WHEN 'w' THEN ', MFINALFUNC_MODIFY = READ_WRITE' ELSE '' END ||
    COALESCE(', MINITCOND = ' || pg_catalog.quote_literal(a.aggminitval), '') ||
    COALESCE((SELECT ', SORTOP = OPERATOR(' || pg_catalog.quote_ident(n.nspname) || '.' || o.oprname
      || ')' FROM pg_catalog.pg_operator o
      JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace WHERE o.oid = a.aggsortop), '') ||
    CASE p.proparallel WHEN 's' THEN ', PARALLEL = SAFE' WHEN 'r' THEN ', PARALLEL = RESTRICTED'
      ELSE '' END || ')' END
FROM pg_catalog.pg_aggregate a JOIN pg_catalog.pg_proc p ON p.oid = a.aggfnoid
JOIN ns ON ns.oid = p.pronamespace WHERE)" +
                                not_member("pg_catalog.pg_proc", "p.oid") + "ORDER BY p.oid";

// Each setting of a table or materialized view as an action of one ALTER TABLE. Children,
// partitions and toast tables have their own.
std::string storage(int version) {
  const std::string method = version >= kVersion15 ? R"(
    UNION ALL
    SELECT 2, pg_catalog.format('SET ACCESS METHOD %I', m.amname) FROM pg_catalog.pg_am m
    WHERE m.oid = rel.relam AND m.amname <> 'heap' AND rel.relkind IN ('r', 'm'))"
                                                   : "";
  const std::string compression = version >= kVersion14 ? R"(
    UNION ALL
    SELECT 10000 + a.attnum, pg_catalog.format('ALTER COLUMN %I SET COMPRESSION %s', a.attname,
      CASE a.attcompression WHEN 'p' THEN 'pglz' ELSE 'lz4' END)
    FROM att a WHERE a.attcompression <> '')"
                                                        : "";
  return "SELECT " + unless_of_view("storage") + R"(, rel.nspname, rel.relname,
  rel.nspname, rel.relname, 'ALTER TABLE ' ||
  CASE WHEN rel.relkind = 'm' THEN '' ELSE 'ONLY ' END || rel.quoted || ' ' || s.actions
FROM rel LEFT JOIN pg_catalog.pg_class toast ON toast.oid = rel.reltoastrelid
CROSS JOIN LATERAL (
  WITH att AS (SELECT a.*, t.typstorage FROM pg_catalog.pg_attribute a
    JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
    WHERE a.attrelid = rel.oid AND a.attnum > 0 AND NOT a.attisdropped)
  SELECT pg_catalog.string_agg(actions.action, ', ' ORDER BY actions.place) AS actions FROM (
    SELECT 0 AS place, 'SET UNLOGGED' AS action WHERE rel.relkind = 'r' AND rel.relpersistence = 'u'
    UNION ALL
    SELECT 1, 'SET (' || pg_catalog.string_agg(pg_catalog.format('%s=%L',
        pg_catalog.split_part(o.option, '=', 1),
        pg_catalog.substr(o.option, pg_catalog.strpos(o.option, '=') + 1)), ', ' ORDER BY o.option) || ')'
    FROM (SELECT pg_catalog.unnest(rel.reloptions) AS option
          UNION ALL SELECT 'toast.' || pg_catalog.unnest(toast.reloptions)) o
    HAVING pg_catalog.count(*) > 0
    UNION ALL
    SELECT 10000 + a.attnum, pg_catalog.format('ALTER COLUMN %I SET STATISTICS %s', a.attname,
      a.attstattarget) FROM att a WHERE COALESCE(a.attstattarget, -1) >= 0
    UNION ALL
    SELECT 10000 + a.attnum, pg_catalog.format('ALTER COLUMN %I SET STORAGE %s', a.attname,
      CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'x' THEN 'EXTENDED'
        ELSE 'MAIN' END)
    FROM att a WHERE a.attstorage <> a.typstorage
    UNION ALL
    SELECT 10000 + a.attnum, pg_catalog.format('ALTER COLUMN %I SET (%s)', a.attname, o.option)
    FROM att a CROSS JOIN LATERAL pg_catalog.unnest(a.attoptions) o(option)
    WHERE o.option LIKE 'n\_distinct%')" +
         compression + method + R"(
  ) actions) s
WHERE rel.relkind IN ('r', 'p', 'm') AND s.actions IS NOT NULL ORDER BY rel.oid)";
}

// A sequence of a table is UNLOGGED or not as the table is, until it is told otherwise.
std::string sequence_storage(int version) {
  if (version < kVersion15) return {};
  return R"(
SELECT 'storage', rel.nspname, rel.relname, own.nspname, own.relname,
  pg_catalog.format('ALTER SEQUENCE %s SET %s', rel.quoted,
    CASE rel.relpersistence WHEN 'u' THEN 'UNLOGGED' ELSE 'LOGGED' END)
FROM rel LEFT JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
  AND d.objid = rel.oid AND d.refclassid = d.classid AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
LEFT JOIN rel own ON own.oid = d.refobjid
WHERE rel.relkind = 'S' AND rel.relpersistence <> COALESCE(own.relpersistence, 'p') ORDER BY rel.oid)";
}

const std::string kTypedTables = R"(
SELECT 'typed_table', rel.nspname, rel.relname, rel.nspname, rel.relname,
  pg_catalog.format('ALTER TABLE %s OF %s', rel.quoted, pg_catalog.format_type(rel.reloftype, NULL))
FROM rel WHERE rel.reloftype <> 0 ORDER BY rel.oid)";

// Statistics of several columns, and how many values they are made of.
std::string statistics(int version) {
  const std::string target = version >= kVersion13 ? "COALESCE(s.stxstattarget, -1)" : "-1";
  return R"(
SELECT 'statistics', rel.nspname, s.stxname, rel.nspname, rel.relname, k.sql
FROM pg_catalog.pg_statistic_ext s JOIN rel ON rel.oid = s.stxrelid
JOIN pg_catalog.pg_namespace n ON n.oid = s.stxnamespace
CROSS JOIN LATERAL (
  SELECT 1, pg_catalog.pg_get_statisticsobjdef(s.oid)
  UNION ALL
  SELECT 2, pg_catalog.format('ALTER STATISTICS %I.%I SET STATISTICS %s', n.nspname, s.stxname,)" +
         target + R"()
  WHERE )" +
         target + R"( >= 0) k(place, sql) WHERE)" +
         not_member("pg_catalog.pg_statistic_ext", "s.oid") + "ORDER BY s.oid, k.place";
}

// Targets of statistics of the expressions of an index, which have no column of a table to say it
// for, and parameters of those that a constraint makes.
const std::string kIndexSettings =
    "SELECT " + unless_of_view("index_statistics") + R"(, rel.nspname,
  i.relname, rel.nspname, rel.relname,
  pg_catalog.format('ALTER INDEX %s ALTER COLUMN %s SET STATISTICS %s', i.quoted, a.attnum,
    a.attstattarget)
FROM rel JOIN pg_catalog.pg_index x ON x.indrelid = rel.oid JOIN rel i ON i.oid = x.indexrelid
JOIN pg_catalog.pg_attribute a ON a.attrelid = i.oid AND a.attnum > 0
WHERE COALESCE(a.attstattarget, -1) >= 0 AND rel.relkind IN ('r', 'p', 'm')
UNION ALL
SELECT 'index_storage', rel.nspname, i.relname, rel.nspname, rel.relname,
  pg_catalog.format('ALTER INDEX %s SET (%s)', i.quoted,
    pg_catalog.array_to_string(i.reloptions, ', '))
FROM rel JOIN pg_catalog.pg_index x ON x.indrelid = rel.oid JOIN rel i ON i.oid = x.indexrelid
JOIN pg_catalog.pg_constraint c ON c.conindid = i.oid AND c.contype IN ('p', 'u', 'x')
WHERE i.reloptions IS NOT NULL
ORDER BY 2, 3, 6)";

// It has no rows until somebody asks for them.
const std::string kUnfilledViews = R"(
SELECT 'unfilled_view', rel.nspname, rel.relname, rel.nspname, rel.relname,
  pg_catalog.format('REFRESH MATERIALIZED VIEW %s WITH NO DATA', rel.quoted)
FROM rel WHERE rel.relkind = 'm' AND NOT rel.relispopulated ORDER BY rel.oid)";

// An index that a table is clustered by, or told apart by for replication.
const std::string kIndexUses = "SELECT " + unless_of_view("storage_order") + R"(, rel.nspname,
  rel.relname, rel.nspname, rel.relname,
  pg_catalog.format('ALTER TABLE %s CLUSTER ON %I', rel.quoted, i.relname)
FROM rel JOIN pg_catalog.pg_index x ON x.indrelid = rel.oid AND x.indisclustered
JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid WHERE rel.relkind IN ('r', 'm')
UNION ALL
SELECT 'replica_identity', rel.nspname, rel.relname, rel.nspname, rel.relname,
  'ALTER TABLE ' || rel.quoted || ' REPLICA IDENTITY ' ||
  CASE rel.relreplident WHEN 'n' THEN 'NOTHING' WHEN 'f' THEN 'FULL' ELSE 'USING INDEX ' ||
    (SELECT pg_catalog.quote_ident(i.relname) FROM pg_catalog.pg_index x
     JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
     WHERE x.indrelid = rel.oid AND x.indisreplident) END
FROM rel WHERE rel.relkind IN ('r', 'p') AND rel.relreplident <> 'd' ORDER BY 2, 3, 1)";

// When triggers or rules fire, where that is not always. `of`: what has a name and a state, of rel.
std::string states(const std::string& type, const std::string& word, const std::string& name,
                   const std::string& state, const std::string& of) {
  return "SELECT '" + type + "', rel.nspname, rel.relname || '.' || " + name +
         ", rel.nspname, rel.relname, pg_catalog.format('ALTER TABLE ONLY %s %s " + word +
         " %I', rel.quoted, CASE " + state +
         " WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END, " +
         name + ") " + of + " AND " + state + " <> 'O'";
}

std::string trigger_states() {
  return states("trigger_state", "TRIGGER", "t.tgname", "t.tgenabled",
                "FROM pg_catalog.pg_trigger t JOIN rel ON rel.oid = t.tgrelid "
                "WHERE NOT t.tgisinternal AND rel.relkind IN ('r', 'p', 'v')") +
         " ORDER BY t.oid";
}

std::string rule_states() {
  return states("rule_state", "RULE", "r.rulename", "r.ev_enabled",
                "FROM pg_catalog.pg_rewrite r JOIN rel ON rel.oid = r.ev_class "
                "WHERE r.rulename <> '_RETURN'") +
         " ORDER BY r.oid";
}

// That rows are hidden counts for who is not the owner; FORCE for him too.
const std::string kRowSecurity = R"(
SELECT 'row_security', rel.nspname, rel.relname, rel.nspname, rel.relname,
  'ALTER TABLE ' || rel.quoted || pg_catalog.concat_ws(',',
    CASE WHEN rel.relrowsecurity THEN ' ENABLE ROW LEVEL SECURITY' END,
    CASE WHEN rel.relforcerowsecurity THEN ' FORCE ROW LEVEL SECURITY' END)
FROM rel WHERE rel.relrowsecurity OR rel.relforcerowsecurity ORDER BY rel.oid)";

const std::string kPolicies = R"(
SELECT 'policy', rel.nspname, rel.relname || '.' || p.polname, rel.nspname, rel.relname,
  pg_catalog.format('CREATE POLICY %I ON %s', p.polname, rel.quoted) ||
  CASE WHEN p.polpermissive THEN '' ELSE ' AS RESTRICTIVE' END ||
  CASE p.polcmd WHEN 'r' THEN ' FOR SELECT' WHEN 'a' THEN ' FOR INSERT' WHEN 'w' THEN ' FOR UPDATE'
    WHEN 'd' THEN ' FOR DELETE' ELSE '' END ||
  CASE WHEN p.polroles = '{0}' THEN '' ELSE ' TO ' || (
    SELECT pg_catalog.string_agg(CASE r.oid WHEN 0 THEN 'PUBLIC' ELSE
             pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(r.oid)) END, ', ')
    FROM pg_catalog.unnest(p.polroles) r(oid)) END ||
  COALESCE(' USING (' || pg_catalog.pg_get_expr(p.polqual, p.polrelid) || ')', '') ||
  COALESCE(' WITH CHECK (' || pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) || ')', '')
FROM pg_catalog.pg_policy p JOIN rel ON rel.oid = p.polrelid ORDER BY p.oid)";

const std::string kRules = R"(
SELECT 'rule', rel.nspname, rel.relname || '.' || r.rulename, rel.nspname, rel.relname,
  pg_catalog.rtrim(pg_catalog.pg_get_ruledef(r.oid), ';')
FROM pg_catalog.pg_rewrite r JOIN rel ON rel.oid = r.ev_class
WHERE r.rulename <> '_RETURN' ORDER BY r.oid)";

// What an INSERT through a view gives where it names no value.
const std::string kViewDefaults = R"(
SELECT 'view_default', rel.nspname, rel.relname || '.' || a.attname, rel.nspname, rel.relname,
  pg_catalog.format('ALTER VIEW %s ALTER COLUMN %I SET DEFAULT %s', rel.quoted, a.attname,
    pg_catalog.pg_get_expr(d.adbin, d.adrelid))
FROM pg_catalog.pg_attrdef d JOIN rel ON rel.oid = d.adrelid
JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
WHERE rel.relkind = 'v' ORDER BY d.adrelid, d.adnum)";

// Those of tables and their columns are the model's.
const std::string kComments = R"(
SELECT 'comment', NULL, i.type || ' ' || i.identity, t.nspname, t.relname,
  'COMMENT ON ' ||
  CASE WHEN i.type LIKE '% column' THEN 'COLUMN ' || i.identity
    WHEN i.type LIKE '% constraint' THEN
      (SELECT pg_catalog.format('CONSTRAINT %I ON ', k.conname) ||
         CASE WHEN k.contypid <> 0 THEN 'DOMAIN ' || k.contypid::pg_catalog.regtype::pg_catalog.text
              ELSE k.conrelid::pg_catalog.regclass::pg_catalog.text END
       FROM pg_catalog.pg_constraint k WHERE k.oid = d.objoid)
    WHEN i.type = 'composite type' THEN 'TYPE ' || i.identity
    WHEN i.type = 'statistics object' THEN 'STATISTICS ' || i.identity
    WHEN i.type = 'aggregate' THEN
      'AGGREGATE ' || pg_catalog.replace(i.identity, '()', '(*)')
    ELSE pg_catalog.upper(i.type) || ' ' || i.identity END ||
  ' IS ' || pg_catalog.quote_literal(d.description)
FROM pg_catalog.pg_description d
CROSS JOIN LATERAL pg_catalog.pg_identify_object(d.classoid, d.objoid, d.objsubid) i
LEFT JOIN pg_catalog.pg_class c
  ON d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND c.oid = d.objoid
LEFT JOIN rel t ON t.oid = CASE d.classoid::pg_catalog.regclass::pg_catalog.text
  WHEN 'pg_class' THEN CASE WHEN c.relkind IN ('i', 'I')
    THEN (SELECT x.indrelid FROM pg_catalog.pg_index x WHERE x.indexrelid = c.oid)
    WHEN c.relkind IN ('v', 'm') THEN c.oid END
  WHEN 'pg_constraint' THEN (SELECT k.conrelid FROM pg_catalog.pg_constraint k WHERE k.oid = d.objoid)
  WHEN 'pg_trigger' THEN (SELECT g.tgrelid FROM pg_catalog.pg_trigger g WHERE g.oid = d.objoid)
  WHEN 'pg_rewrite' THEN (SELECT r.ev_class FROM pg_catalog.pg_rewrite r WHERE r.oid = d.objoid)
  WHEN 'pg_policy' THEN (SELECT p.polrelid FROM pg_catalog.pg_policy p WHERE p.oid = d.objoid)
  WHEN 'pg_statistic_ext' THEN
    (SELECT s.stxrelid FROM pg_catalog.pg_statistic_ext s WHERE s.oid = d.objoid)
  END
WHERE (d.objoid >= 16384 OR (i.type = 'schema' AND i.identity = 'public'
    AND d.description <> 'standard public schema')) AND COALESCE(c.relkind, 'v') NOT IN ('r', 'p', 'f', 't')
  AND i.type NOT IN ('extension', 'language', 'event trigger', 'publication', 'toast table')
  AND NOT EXISTS (SELECT FROM member m WHERE m.classid = d.classoid AND m.objid = d.objoid)
ORDER BY d.classoid, d.objoid, d.objsubid)";

// Made by hand, if at all: told by their names.
const std::string kOthers = R"(
SELECT pg_catalog.replace(i.type, ' ', '_'), NULL, i.identity, NULL, NULL, NULL
FROM (SELECT 'pg_catalog.pg_operator'::pg_catalog.regclass, oid FROM pg_catalog.pg_operator
  UNION ALL SELECT 'pg_catalog.pg_opclass'::pg_catalog.regclass, oid FROM pg_catalog.pg_opclass
  UNION ALL SELECT 'pg_catalog.pg_cast'::pg_catalog.regclass, oid FROM pg_catalog.pg_cast
  UNION ALL SELECT 'pg_catalog.pg_ts_config'::pg_catalog.regclass, oid FROM pg_catalog.pg_ts_config
  UNION ALL SELECT 'pg_catalog.pg_ts_dict'::pg_catalog.regclass, oid FROM pg_catalog.pg_ts_dict
  UNION ALL SELECT 'pg_catalog.pg_ts_parser'::pg_catalog.regclass, oid FROM pg_catalog.pg_ts_parser
  UNION ALL SELECT 'pg_catalog.pg_ts_template'::pg_catalog.regclass, oid FROM pg_catalog.pg_ts_template
  UNION ALL SELECT 'pg_catalog.pg_transform'::pg_catalog.regclass, oid FROM pg_catalog.pg_transform
  UNION ALL SELECT 'pg_catalog.pg_am'::pg_catalog.regclass, oid FROM pg_catalog.pg_am
  UNION ALL SELECT 'pg_catalog.pg_foreign_data_wrapper'::pg_catalog.regclass, oid
    FROM pg_catalog.pg_foreign_data_wrapper
  UNION ALL SELECT 'pg_catalog.pg_conversion'::pg_catalog.regclass, oid FROM pg_catalog.pg_conversion
  UNION ALL SELECT 'pg_catalog.pg_event_trigger'::pg_catalog.regclass, oid FROM pg_catalog.pg_event_trigger
  UNION ALL SELECT 'pg_catalog.pg_publication'::pg_catalog.regclass, oid FROM pg_catalog.pg_publication
  UNION ALL SELECT 'pg_catalog.pg_foreign_server'::pg_catalog.regclass, oid FROM pg_catalog.pg_foreign_server
  UNION ALL SELECT 'pg_catalog.pg_language'::pg_catalog.regclass, oid FROM pg_catalog.pg_language
  UNION ALL SELECT 'pg_catalog.pg_subscription'::pg_catalog.regclass, oid FROM pg_catalog.pg_subscription
    WHERE subdbid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
  ) x(classid, objid)
CROSS JOIN LATERAL pg_catalog.pg_identify_object(x.classid, x.objid, 0) i
WHERE x.objid >= 16384
  AND NOT EXISTS (SELECT FROM member m WHERE m.classid = x.classid AND m.objid = x.objid)
UNION ALL
SELECT 'security_label', NULL, i.type || ' ' || i.identity, NULL, NULL, NULL
FROM pg_catalog.pg_seclabel l
CROSS JOIN LATERAL pg_catalog.pg_identify_object(l.classoid, l.objoid, l.objsubid) i
ORDER BY 1, 3)";

}  // namespace

std::vector<std::string> engine_objects(int server_version) {
  std::vector<std::string> queries;
  for (const std::string& query :
       {kOwnSchemas, collations(server_version), kAggregates, kTypedTables, storage(server_version),
        sequence_storage(server_version), statistics(server_version), kIndexSettings, kIndexUses,
        trigger_states(), kRowSecurity, kPolicies, kRules, rule_states(), kViewDefaults,
        kUnfilledViews, kComments, kOthers}) {
    if (!query.empty()) queries.push_back(kOfUsers + "\n" + query);
  }
  return queries;
}

}  // namespace crossload::driver::postgres::queries
