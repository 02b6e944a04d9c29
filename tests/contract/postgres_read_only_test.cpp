#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "postgres_fixture.h"

// What a read-only session on PostgreSQL must not let through, whatever it is dressed as.
namespace crossload::testing {
namespace {

using namespace driver;

// Things that a statement could be told to change, or to do it by.
constexpr const char* kPreparation[] = {
    "CREATE TABLE t (id integer PRIMARY KEY, v text)",
    "INSERT INTO t VALUES (1, 'one'), (2, 'two')",
    "CREATE SEQUENCE s",
    "SELECT nextval('s')",
    "CREATE TABLE log (what text)",
    "CREATE FUNCTION poke() RETURNS integer LANGUAGE plpgsql AS "
    "$$ BEGIN INSERT INTO log VALUES ('poke'); RETURN 1; END $$",
    "CREATE FUNCTION \"Poke it\"() RETURNS integer LANGUAGE plpgsql AS "
    "$$ BEGIN PERFORM pg_advisory_lock(77); RETURN 1; END $$",
    "CREATE FUNCTION touch(row_of t) RETURNS integer LANGUAGE plpgsql AS "
    "$$ BEGIN PERFORM pg_advisory_lock(77); RETURN 1; END $$",
    "CREATE FUNCTION lock_and_add(integer, integer) RETURNS integer LANGUAGE plpgsql AS "
    "$$ BEGIN PERFORM pg_advisory_lock(77); RETURN $1 + $2; END $$",
    "CREATE OPERATOR <+> (leftarg = integer, rightarg = integer, function = lock_and_add)",
    "CREATE FUNCTION lock_and_say(integer) RETURNS boolean LANGUAGE plpgsql AS "
    "$$ BEGIN PERFORM pg_advisory_lock(77); RETURN true; END $$",
    "CREATE DOMAIN trapped AS integer CHECK (lock_and_say(VALUE))",
    "CREATE VIEW snare AS SELECT pg_try_advisory_lock(77) FROM t",
    "CREATE VIEW behind AS SELECT * FROM snare",
    "CREATE PROCEDURE proceed() LANGUAGE plpgsql AS $$ BEGIN COMMIT; DELETE FROM t; END $$",
    "CREATE TYPE pair AS (a integer, b integer)",
};

// All that the escapes below are after, in one row.
constexpr const char* kState = R"(
SELECT (SELECT string_agg(id || v, ',' ORDER BY id) FROM t), (SELECT count(*) FROM log),
  (SELECT string_agg(relname, ',' ORDER BY relname) FROM pg_class WHERE oid >= 16384),
  (SELECT string_agg(proname, ',' ORDER BY proname) FROM pg_proc WHERE oid >= 16384),
  (SELECT last_value FROM s), (SELECT count(*) FROM pg_largeobject_metadata),
  (SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
   WHERE locktype = 'advisory' AND datname = current_database()),
  (SELECT count(*) FROM pg_replication_slots WHERE database = current_database()),
  (SELECT count(*) FROM pg_prepared_xacts WHERE database = current_database()),
  (SELECT count(*) FROM pg_extension), (SELECT count(*) FROM pg_namespace WHERE nspname !~ '^pg_'),
  (SELECT count(*) FROM pg_db_role_setting WHERE setdatabase =
     (SELECT oid FROM pg_database WHERE datname = current_database())))";

// All that a statement could change in the session itself.
constexpr const char* kSession = R"(
SELECT current_setting('transaction_read_only'), current_setting('default_transaction_read_only'),
  current_setting('search_path'), current_setting('TimeZone'), current_setting('role'),
  current_setting('standard_conforming_strings'),
  (SELECT count(*) FROM pg_prepared_statements), (SELECT count(*) FROM pg_cursors WHERE name <> ''),
  (SELECT count(*) FROM pg_listening_channels()))";

constexpr const char* kEscapes[] = {
    // Out of the transaction.
    "COMMIT",
    "ROLLBACK",
    "END",
    "ABORT",
    "BEGIN",
    "START TRANSACTION READ WRITE",
    "COMMIT AND CHAIN",
    "SAVEPOINT s",
    "ROLLBACK TO SAVEPOINT crossload_statement",
    "PREPARE TRANSACTION 'x'",
    "SET TRANSACTION READ WRITE",
    "SET transaction_read_only = off",
    "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
    "RESET ALL",
    "RESET transaction_read_only",
    "SET default_transaction_read_only = off",
    "SET LOCAL search_path = public",
    "SELECT set_config('transaction_read_only', 'off', false)",
    "SELECT set_config('default_transaction_read_only', 'off', false)",
    "SELECT pg_catalog.set_config('search_path', 'x', false)",
    "SELECT \"set_config\"('TimeZone', 'Asia/Tokyo', false)",
    "SELECT U&\"set\\005fconfig\"('TimeZone', 'Asia/Tokyo', false)",
    "SELECT U&\"set!005fconfig\" UESCAPE '!' ('TimeZone', 'Asia/Tokyo', false)",
    "SELECT Set_Config /* a ( */ -- b (\n ('TimeZone', 'Asia/Tokyo', false)",
    "SELECT 1 /* /* nested */ */ + length(set_config('TimeZone', 'Asia/Tokyo', false))",
    "SELECT 'it''s', E'a\\'b', $$(x$$, set_config('TimeZone', 'Asia/Tokyo', false)",
    "SELECT $q$ $a$ ' $q$, set_config('TimeZone', 'Asia/Tokyo', false)",
    "VALUES (set_config('TimeZone', 'Asia/Tokyo', false))",
    "SELECT * FROM set_config('TimeZone', 'Asia/Tokyo', false)",
    "SELECT * FROM ROWS FROM (set_config('TimeZone', 'Asia/Tokyo', false)) AS r",
    "(SELECT set_config('TimeZone', 'Asia/Tokyo', false))",
    "SELECT 1 ORDER BY set_config('TimeZone', 'Asia/Tokyo', false)",
    "SET ROLE NONE",
    "SET SESSION AUTHORIZATION DEFAULT",
    "RESET ROLE",
    // Writing.
    "INSERT INTO t VALUES (3, 'three')",
    "UPDATE t SET v = 'x'",
    "DELETE FROM t",
    "TRUNCATE t",
    "MERGE INTO t USING (SELECT 1 AS i) x ON t.id = x.i WHEN MATCHED THEN DELETE",
    "WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x",
    "WITH x AS (INSERT INTO t VALUES (3, 'three') RETURNING *) SELECT 1",
    "WITH x AS (/* ( */ UPDATE t SET v = 'x' RETURNING 1) TABLE x",
    "SELECT * INTO made FROM t",
    "SELECT * INTO TEMP made FROM t",
    "WITH x AS (SELECT 1) SELECT * INTO made FROM x",
    "CREATE TABLE made AS SELECT 1",
    "CREATE TEMP TABLE made (a integer)",
    "SELECT * FROM t FOR UPDATE",
    "SELECT * FROM t FOR KEY SHARE",
    "SELECT * FROM (SELECT * FROM t FOR SHARE) x",
    "EXPLAIN ANALYZE DELETE FROM t",
    "EXPLAIN (ANALYZE, VERBOSE) INSERT INTO t VALUES (3, 'x')",
    "EXPLAIN (ANALYZE true) WITH x AS (DELETE FROM t RETURNING 1) SELECT * FROM x",
    "EXPLAIN ANALYZE CREATE TABLE made AS SELECT 1",
    "EXPLAIN ANALYZE SELECT set_config('TimeZone', 'Asia/Tokyo', false)",
    "EXPLAIN ANALYZE SELECT pg_advisory_lock(77)",
    "CREATE VIEW made AS SELECT 1",
    "DROP TABLE t",
    "ALTER TABLE t ADD COLUMN w text",
    "COMMENT ON TABLE t IS 'x'",
    "GRANT SELECT ON t TO PUBLIC",
    "REINDEX TABLE t",
    "ANALYZE t",
    "VACUUM t",
    "CLUSTER t",
    "REFRESH MATERIALIZED VIEW t",
    "CREATE EXTENSION dblink",
    "ALTER DATABASE postgres SET work_mem = '1MB'",
    "ALTER SYSTEM SET work_mem = '1MB'",
    "CREATE ROLE made",
    "SECURITY LABEL ON TABLE t IS 'x'",
    "IMPORT FOREIGN SCHEMA x FROM SERVER y INTO z",
    // Programs and their kin.
    "DO $$ BEGIN DELETE FROM t; END $$",
    "DO LANGUAGE plpgsql 'BEGIN COMMIT; END'",
    "CALL proceed()",
    "PREPARE p AS DELETE FROM t",
    "EXECUTE p",
    "DEALLOCATE ALL",
    "DISCARD ALL",
    "DECLARE c CURSOR FOR SELECT 1",
    "DECLARE c CURSOR WITH HOLD FOR SELECT 1",
    "FETCH 1 FROM c",
    "MOVE 1 FROM c",
    "CLOSE ALL",
    "LISTEN x",
    "NOTIFY x",
    "UNLISTEN *",
    "LOAD 'auto_explain'",
    "LOCK TABLE t",
    "LOCK TABLE t IN ACCESS SHARE MODE",
    "CHECKPOINT",
    "SET CONSTRAINTS ALL DEFERRED",
    // The server's files and programs.
    "COPY t TO STDOUT",
    "COPY t FROM STDIN",
    "COPY t TO '/tmp/crossload-escape'",
    "COPY (SELECT 1) TO '/tmp/crossload-escape'",
    "COPY t FROM '/etc/passwd'",
    "COPY (SELECT 1) TO PROGRAM 'touch /tmp/crossload-escape'",
    "COPY t FROM PROGRAM 'touch /tmp/crossload-escape'",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT pg_read_binary_file('/etc/passwd')",
    "SELECT * FROM pg_ls_dir('/')",
    "SELECT * FROM pg_stat_file('/etc/passwd')",
    "SELECT pg_ls_waldir()",
    "SELECT lo_import('/etc/passwd')",
    "SELECT lo_export(1, '/tmp/crossload-escape')",
    "SELECT lo_create(0)",
    "SELECT lo_from_bytea(0, 'x')",
    "SELECT lo_unlink(1)",
    // Functions with effects.
    "SELECT nextval('s')",
    "SELECT setval('s', 99)",
    "SELECT pg_notify('x', 'y')",
    "SELECT pg_advisory_lock(77)",
    "SELECT pg_try_advisory_lock(77)",
    "SELECT pg_advisory_xact_lock(77)",
    "SELECT pg_terminate_backend(0)",
    "SELECT pg_cancel_backend(0)",
    "SELECT pg_reload_conf()",
    "SELECT pg_rotate_logfile()",
    "SELECT pg_switch_wal()",
    "SELECT pg_create_restore_point('x')",
    "SELECT pg_logical_emit_message(false, 'x', 'y')",
    "SELECT pg_stat_reset()",
    "SELECT pg_export_snapshot()",
    "SELECT pg_create_physical_replication_slot('x')",
    "SELECT * FROM pg_create_logical_replication_slot('x', 'test_decoding')",
    "SELECT pg_promote()",
    "SELECT pg_wal_replay_pause()",
    "SELECT pg_import_system_collations('public')",

    "SELECT setseed(0.5)",
    // Functions that run SQL from a text.
    "SELECT query_to_xml('SELECT pg_advisory_lock(77)', true, true, '')",
    "SELECT cursor_to_xml('c', 1, true, true, '')",
    "SELECT table_to_xml('snare', true, true, '')",
    "SELECT database_to_xml(true, true, '')",
    "SELECT schema_to_xml('public', true, true, '')",
    "SELECT * FROM ts_stat('SELECT to_tsvector(pg_advisory_lock(77)::text)')",
    "SELECT ts_rewrite('a'::tsquery, 'SELECT ''a''::tsquery, pg_advisory_lock(77)::text::tsquery')",
    // What users made.
    "SELECT poke()",
    "SELECT public.poke()",
    "SELECT \"Poke it\"()",
    "SELECT POKE ( )",
    "SELECT touch(t) FROM t",
    "SELECT t.touch FROM t",
    "SELECT (t).touch FROM t",
    "SELECT 1 <+> 2",
    "SELECT 1 OPERATOR(public.<+>) 2",
    "SELECT 1::trapped",
    "SELECT CAST(1 AS trapped)",
    "SELECT * FROM snare",
    "SELECT * FROM behind",
    "TABLE snare",
    "SELECT * FROM public.\"snare\"",
    "SELECT CASE WHEN true THEN poke() ELSE 1 END",
    "SELECT count(*) FILTER (WHERE poke() = 1) FROM t",
    "SELECT * FROM t, LATERAL poke()",
    "SELECT * FROM t WHERE id = (SELECT poke())",
    "EXPLAIN ANALYZE SELECT poke()",
};

constexpr const char* kHarmless[] = {
    "SELECT 1",
    "SELECT * FROM t",
    "TABLE t",
    "VALUES (1), (2)",
    "SHOW search_path",
    "WITH x AS (SELECT * FROM t) SELECT count(*) FROM x",
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9) SELECT * FROM n",
    "EXPLAIN SELECT * FROM t",
    "EXPLAIN ANALYZE SELECT * FROM t",
    "EXPLAIN DELETE FROM t",
    "SELECT now(), clock_timestamp(), statement_timestamp(), timeofday()",
    "SELECT random() < 2",
    "SELECT gen_random_uuid()",
    "SELECT 'DELETE FROM t; COMMIT', $$set_config('a')$$",
    "SELECT /* set_config( */ 1 -- nextval('s')",
    "SELECT upper(v) || lower(v) FROM t ORDER BY 1",
    "SELECT v, count(*), max(id) OVER () FROM t GROUP BY v, id",
    "SELECT current_setting('TimeZone')",
    "SELECT pg_size_pretty(pg_total_relation_size('t'))",
    "SELECT pg_database_size(current_database()) > 0",
    "SELECT * FROM pg_stat_activity",
    "SELECT count(*) FROM pg_locks",
    "SELECT * FROM pg_settings",
    "SELECT * FROM information_schema.columns WHERE table_name = 't'",
    "SELECT * FROM generate_series(1, 3) AS g(set_config)",
    "SELECT id AS nextval FROM t",
    "SELECT extract(year FROM date '2020-01-01'), substring('abc' FROM 2 FOR 1), trim(' x ')",
    "SELECT array_agg(id ORDER BY id), jsonb_build_object('a', 1), row_to_json(t) FROM t GROUP BY "
    "t",
    "SELECT * FROM t TABLESAMPLE bernoulli (100)",
    "SELECT ROW(1, 2)::pair, (ROW(1, 2)::pair).a",
    "SELECT 1::numeric(10, 2), 'x'::varchar(3), CAST('5' AS integer)",
    "SELECT pg_get_viewdef('snare')",
    "(SELECT 1) UNION (SELECT 2)",
    "SELECT pg_sleep(0)",
    "SELECT count(*) FROM t WHERE v LIKE '%o%'",
    "SELECT last_value FROM s",
    "SELECT exists (SELECT FROM t), 1 IN (1, 2), (1, 2) < (2, 1)",
};

class PostgresReadOnly : public ::testing::Test {
 protected:
  void SetUp() override {
    world_ = make_postgres_world();
    if (!world_) GTEST_SKIP() << "no such server: run scripts/servers start FOLDER";
    writing_ = open(Access::kReadWrite);
    for (const char* sql : kPreparation) execute(*writing_, sql);
    reading_ = open(Access::kReadOnly);
  }
  std::unique_ptr<Connection> open(Access access) {
    const Database database =
        world_->driver().resolve(world_->endpoint(), world_->database_name(), false);
    return world_->driver().connect(world_->endpoint(), database, {access, false});
  }

  // Servers without MERGE take it for a mistake.
  ErrorCode refusal_of(std::string_view sql) {
    const bool unknown = sql.starts_with("MERGE") && postgres_version(*writing_) < kHasMerge;
    return unknown ? ErrorCode::kSqlError : ErrorCode::kAccessDenied;
  }

  std::unique_ptr<DriverWorld> world_;
  std::unique_ptr<Connection> writing_;
  std::unique_ptr<Connection> reading_;
};

TEST_F(PostgresReadOnly, RefusesEveryEscapeAndNothingChanges) {
  const auto state = fetch_all(*writing_, kState);
  const auto session = fetch_all(*reading_, kSession);
  for (const char* sql : kEscapes) {
    EXPECT_EQ(thrown_by([&] { fetch_all(*reading_, sql); }), refusal_of(sql)) << sql;
    ASSERT_EQ(fetch_all(*writing_, kState), state) << sql;
    ASSERT_EQ(fetch_all(*reading_, kSession), session) << sql;
  }
  EXPECT_FALSE(std::filesystem::exists("/tmp/crossload-escape"));
  static_assert(std::size(kEscapes) >= 60);
}

TEST_F(PostgresReadOnly, RefusesTheSameInsideASnapshot) {
  const auto state = fetch_all(*writing_, kState);
  const auto session = fetch_all(*reading_, kSession);
  const auto snapshot = reading_->begin(TransactionMode::kSnapshot);
  for (const char* sql : kEscapes) {
    EXPECT_EQ(thrown_by([&] { fetch_all(*reading_, sql); }), refusal_of(sql)) << sql;
  }
  EXPECT_EQ(fetch_all(*reading_, "SELECT count(*) FROM t")[0][0], Value(std::int64_t{2}));
  EXPECT_EQ(fetch_all(*writing_, kState), state);
  EXPECT_EQ(fetch_all(*reading_, kSession), session);
}

TEST_F(PostgresReadOnly, RefusesSeveralStatementsAtOnce) {
  const auto state = fetch_all(*writing_, kState);
  for (const char* sql : {"SELECT 1; COMMIT; DELETE FROM t", "SELECT 1; SELECT 2",
                          "COMMIT; BEGIN READ WRITE", "SELECT 1 /* ; */ ; /* */ DROP TABLE t",
                          "SELECT $$;$$; DELETE FROM t", "SELECT 1;;;DELETE FROM t"}) {
    EXPECT_EQ(thrown_by([&] { fetch_all(*reading_, sql); }), ErrorCode::kInvalidArgument) << sql;
  }
  EXPECT_EQ(fetch_all(*writing_, kState), state);
}

TEST_F(PostgresReadOnly, LetsThroughWhatOnlyTells) {
  const auto state = fetch_all(*writing_, kState);
  for (const char* sql : kHarmless) {
    EXPECT_NO_THROW(fetch_all(*reading_, sql)) << sql;
  }
  EXPECT_EQ(fetch_all(*writing_, kState), state);
  static_assert(std::size(kHarmless) >= 25);
}

TEST_F(PostgresReadOnly, UndoesWhatAStatementDidBesidesAnswering) {
  // A function that lies about its volatility gets through to the server, but no further.
  execute(*writing_,
          "CREATE FUNCTION lie() RETURNS text LANGUAGE sql STABLE AS "
          "$$ SELECT set_config('TimeZone', 'Asia/Tokyo', false) $$");
  fetch_all(*reading_, "SELECT lie()");
  EXPECT_EQ(fetch_all(*reading_, "SELECT current_setting('TimeZone')")[0][0],
            Value(std::string("UTC")));
}

}  // namespace
}  // namespace crossload::testing
