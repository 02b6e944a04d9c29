// What only one engine has a word for: kept where the engine stays the same, told elsewhere.

#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "migration_run.h"
#include "schema_copy_run.h"
#include "schema_dump.h"
#include "test_database.h"

namespace crossload::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;

constexpr const char* kOnlyPostgres = R"(
CREATE SCHEMA empty_one;
CREATE COLLATION blind (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE FUNCTION add_up(a integer, b integer) RETURNS integer LANGUAGE sql AS 'SELECT a + b';
CREATE AGGREGATE total(integer) (sfunc = add_up, stype = integer, initcond = '0', parallel = safe);
CREATE DOMAIN positive AS integer CONSTRAINT is_positive CHECK (VALUE > 0);
CREATE TYPE pair AS (a integer, b text);
CREATE UNLOGGED TABLE quick (id integer PRIMARY KEY, "Body x" text COLLATE blind)
  WITH (fillfactor = 70, toast.autovacuum_enabled = false);
ALTER TABLE quick ALTER COLUMN "Body x" SET STATISTICS 500, ALTER "Body x" SET STORAGE EXTERNAL,
  ALTER id SET (n_distinct = -0.5);
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer CHECK (b > 0), who text);
INSERT INTO t VALUES (1, -1, 5, 'me'), (2, 2, 6, 'you');
ALTER TABLE t ADD CONSTRAINT later CHECK (a > 0) NOT VALID;
CREATE INDEX t_a ON t (a);
ALTER TABLE t CLUSTER ON t_a;
ALTER TABLE t REPLICA IDENTITY FULL;
CREATE STATISTICS both_of (dependencies) ON a, b FROM t;
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END';
CREATE TRIGGER never BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION refuse();
ALTER TABLE t DISABLE TRIGGER never;
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
ALTER TABLE t FORCE ROW LEVEL SECURITY;
CREATE POLICY mine ON t FOR UPDATE USING (who = current_user) WITH CHECK (a > 0);
CREATE POLICY small ON t AS RESTRICTIVE USING (b < 100);
CREATE VIEW v AS SELECT id, a FROM t;
CREATE RULE v_insert AS ON INSERT TO v DO INSTEAD INSERT INTO t (id, a) VALUES (new.id, new.a);
CREATE RULE t_delete AS ON DELETE TO t WHERE old.id < 0 DO INSTEAD NOTHING;
CREATE RULE never AS ON INSERT TO t DO INSTEAD NOTHING;
ALTER TABLE t DISABLE RULE never;
ALTER VIEW v ALTER COLUMN a SET DEFAULT 7;
CREATE TABLE forced (id integer PRIMARY KEY);
ALTER TABLE forced FORCE ROW LEVEL SECURITY;
CREATE AGGREGATE how_many(*) (sfunc = int8inc, stype = bigint, initcond = '0');
COMMENT ON AGGREGATE how_many(*) IS 'of an aggregate without arguments';
COMMENT ON SCHEMA public IS 'ours';
CREATE SEQUENCE alone;
COMMENT ON VIEW v IS 'v''s';
COMMENT ON COLUMN v.a IS 'of a view';
COMMENT ON INDEX t_a IS 'of an index';
COMMENT ON TRIGGER never ON t IS 'of a trigger';
COMMENT ON CONSTRAINT t_b_check ON t IS 'of a check';
COMMENT ON CONSTRAINT is_positive ON DOMAIN positive IS 'of a domain''s check';
COMMENT ON DOMAIN positive IS 'of a domain';
COMMENT ON TYPE pair IS 'of a type';
COMMENT ON COLUMN pair.a IS 'of its part';
COMMENT ON FUNCTION add_up(integer, integer) IS 'of a function';
COMMENT ON AGGREGATE total(integer) IS 'of an aggregate';
COMMENT ON POLICY mine ON t IS 'of a policy';
COMMENT ON RULE v_insert ON v IS 'of a rule';
COMMENT ON STATISTICS both_of IS 'of statistics';
COMMENT ON COLLATION blind IS 'of a collation';
COMMENT ON SEQUENCE alone IS 'of a sequence';
COMMENT ON SCHEMA empty_one IS 'of a schema';
COMMENT ON TABLE t IS 'of a table';
CREATE SCHEMA lib;
CREATE COLLATION lib."of.lib" (provider = icu, locale = 'de');
CREATE UNLOGGED TABLE numbered (id bigserial PRIMARY KEY, other integer GENERATED ALWAYS AS IDENTITY,
  name text COLLATE lib."of.lib", c text COLLATE "C.utf8");
ALTER SEQUENCE numbered_id_seq SET LOGGED;
CREATE UNLOGGED SEQUENCE loose;
CREATE INDEX numbered_lower ON numbered (lower(name), id);
ALTER INDEX numbered_lower ALTER COLUMN 1 SET STATISTICS 3000;
ALTER STATISTICS both_of SET STATISTICS 77;
CREATE TABLE above (id integer, CONSTRAINT own CHECK (id > 0) NO INHERIT, CONSTRAINT all_of CHECK (id < 99));
ALTER TABLE above ADD CONSTRAINT own_later CHECK (id > 1) NO INHERIT NOT VALID;
CREATE TABLE below (more text) INHERITS (above);
ALTER TABLE ONLY above ALTER COLUMN id SET STATISTICS 11;
INSERT INTO below VALUES (-1, 'breaks what it does not inherit');
CREATE TABLE typed OF pair (PRIMARY KEY (a));
CREATE MATERIALIZED VIEW mv WITH (fillfactor = 60) AS SELECT a, b FROM t;
CREATE INDEX mv_a ON mv ((a + 1));
ALTER INDEX mv_a ALTER COLUMN 1 SET STATISTICS 12;
ALTER MATERIALIZED VIEW mv ALTER COLUMN b SET STATISTICS 13;
ALTER MATERIALIZED VIEW mv CLUSTER ON mv_a;
CREATE MATERIALIZED VIEW empty_mv AS SELECT 1 AS one WITH NO DATA;
CREATE TABLE parted (id integer NOT NULL, at date NOT NULL, v text DEFAULT 'p') PARTITION BY RANGE (at);
CREATE TABLE part_1 PARTITION OF parted FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
CREATE TABLE part_2 PARTITION OF parted (v NOT NULL DEFAULT 'two', CONSTRAINT only_2 CHECK (id > 0)) DEFAULT WITH (fillfactor = 50);
ALTER TABLE parted ADD CONSTRAINT of_all CHECK (id < 100), ADD CONSTRAINT later_all CHECK (id < 98) NOT VALID;
ALTER TABLE part_1 ADD CONSTRAINT later_1 CHECK (id < 99) NOT VALID, ADD FOREIGN KEY (id) REFERENCES t;
ALTER TABLE part_1 ALTER v DROP DEFAULT;
CREATE INDEX parted_v ON parted (v);
CREATE UNIQUE INDEX part_1_alone ON part_1 (id);
CREATE TRIGGER each BEFORE UPDATE ON parted FOR EACH ROW EXECUTE FUNCTION refuse();
ALTER TABLE part_1 DISABLE TRIGGER each;
CREATE TRIGGER only_part BEFORE DELETE ON part_2 FOR EACH ROW EXECUTE FUNCTION refuse();
ALTER TABLE ONLY parted ALTER COLUMN v SET STATISTICS 14;
ALTER TABLE part_2 ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_part ON part_2 USING (id > 0);
COMMENT ON TABLE part_2 IS 'of a partition';
COMMENT ON INDEX part_1_alone IS 'of an index of a partition';
INSERT INTO parted VALUES (1, '2026-01-05', 'x'), (2, '2027-01-05', 'y');
CREATE TABLE late (id integer GENERATED ALWAYS AS IDENTITY (INCREMENT 5), code text, more text,
  PRIMARY KEY (id) INCLUDE (more) WITH (fillfactor = 71) DEFERRABLE,
  CONSTRAINT one_code UNIQUE (code) WITH (fillfactor = 72) DEFERRABLE INITIALLY DEFERRED);
CREATE VIEW checked WITH (security_invoker = true, security_barrier = true) AS
  SELECT id, code FROM late WHERE code <> '' WITH LOCAL CHECK OPTION;
)";

constexpr const char* kByHand = R"(
CREATE OPERATOR === (leftarg = integer, rightarg = integer, function = int4eq);
CREATE TEXT SEARCH CONFIGURATION words (COPY = simple);
CREATE CAST (pair AS text) WITH INOUT;
SET allow_system_table_mods = on;
INSERT INTO pg_seclabel VALUES ('t'::regclass, 'pg_class'::regclass, 0, 'nobody', 'secret');
)";

std::set<std::string> types_in(const nlohmann::json& items) {
  std::set<std::string> types;
  for (const nlohmann::json& item : items) types.insert(item.at("type"));
  return types;
}

class EngineObjects : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!is_available(Place::kPostgres)) GTEST_SKIP() << "no PostgreSQL";
  }
};

TEST_F(EngineObjects, OfPostgresAreInTheFilesForPostgres) {
  const TestDatabase source(Place::kPostgres);
  source.run(kOnlyPostgres);
  const TestDatabase target(Place::kPostgres);
  const SchemaCopyRun run(source, target);
  const nlohmann::json copied = run.copy();
  ASSERT_TRUE(copied.contains("skipped_items")) << copied.dump(1);
  EXPECT_THAT(copied.at("skipped_items"), IsEmpty());
  EXPECT_THAT(copied.at("warnings"), IsEmpty());
  for (const char* file :
       {"tables.sql", "indexes.sql", "foreign_keys.sql", "triggers.sql", "views.sql"}) {
    target.run(run.read(file));
  }
  EXPECT_EQ(schema_dump(target), schema_dump(source));
}

TEST_F(EngineObjects, OfPostgresAreMadeByAJob) {
  const TestDatabase source(Place::kPostgres);
  source.run(kOnlyPostgres);
  const TestDatabase target(Place::kPostgres);
  const MigrationRun run(source, target);
  const nlohmann::json status = run.run({"--create-schema"});
  // The row that breaks the check which is NOT VALID, and those that the trigger would refuse.
  EXPECT_EQ(status.value("status", ""), "completed") << status.dump(1);
  EXPECT_EQ(target.ask("SELECT id, a, b, who FROM t ORDER BY id"), "1\t-1\t5\tme\n2\t2\t6\tyou");
  EXPECT_EQ(schema_dump(target), schema_dump(source));
}

// Texts of the server name the schema, which the copy's tables do not stand in.
TEST_F(EngineObjects, AreToldWhereTheDefaultSchemaIsAnother) {
  const TestDatabase source(Place::kPostgres);
  source.run("ALTER DATABASE \"" + source.name() +
             "\" SET search_path = app, public; CREATE SCHEMA app");
  source.run(
      "CREATE TABLE app.k (id integer PRIMARY KEY); ALTER TABLE app.k ENABLE ROW LEVEL SECURITY;"
      "CREATE POLICY p ON app.k USING (id > 0)");
  const TestDatabase target(Place::kPostgres);
  target.run("CREATE SCHEMA app; CREATE TABLE app.k (id integer PRIMARY KEY)");
  const nlohmann::json status = MigrationRun(source, target).run({"--create-schema"});
  EXPECT_EQ(status.value("status", ""), "completed_with_errors") << status.dump(1);
  EXPECT_THAT(status.value("warnings", nlohmann::json::array()).dump(), HasSubstr("policy k.p"));
  EXPECT_EQ(target.ask("SELECT count(*) FROM pg_policy"), "0");
}

TEST_F(EngineObjects, CollationsComeWithTheTablesThatUseThem) {
  const TestDatabase source(Place::kPostgres);
  source.run(kOnlyPostgres);
  const TestDatabase target(Place::kPostgres);
  const nlohmann::json status =
      MigrationRun(source, target).run({"--create-schema", "--include-tables", "quick"});
  ASSERT_TRUE(status.contains("tables_status")) << status.dump(1);
  EXPECT_EQ(status.at("tables_status").at(0).at("status"), "completed") << status.dump(1);
  EXPECT_EQ(target.ask("SELECT collname FROM pg_collation WHERE oid >= 16384"), "blind");
}

TEST_F(EngineObjects, ThatNoCopyCarriesAreTold) {
  const TestDatabase source(Place::kPostgres);
  source.run(std::string(kOnlyPostgres) + kByHand);
  source.run(
      "CREATE SUBSCRIPTION fed CONNECTION 'dbname=none' PUBLICATION p "
      "WITH (connect = false, slot_name = NONE)");
  const TestDatabase target(Place::kPostgres);
  const nlohmann::json copied = SchemaCopyRun(source, target).copy();
  source.run("DROP SUBSCRIPTION fed");
  EXPECT_THAT(types_in(copied.at("skipped_items")),
              ::testing::ElementsAre("cast", "operator", "security_label", "subscription",
                                     "text_search_configuration"));
}

TEST_F(EngineObjects, OfPostgresAreToldForOtherEngines) {
  const TestDatabase source(Place::kPostgres);
  source.run(std::string(kOnlyPostgres) + kByHand);
  for (const Place to : {Place::kSqlite, Place::kMariadb, Place::kMysql}) {
    if (!is_available(to)) continue;
    SCOPED_TRACE(name_of(to));
    const TestDatabase target(to);
    const SchemaCopyRun run(source, target);
    const nlohmann::json copied = run.copy();
    ASSERT_TRUE(copied.contains("skipped_items")) << copied.dump(1);
    EXPECT_THAT(types_in(copied.at("skipped_items")),
                IsSupersetOf({"aggregate", "row_security", "policy", "rule", "cast", "operator",
                              "text_search_configuration", "trigger"}));
    EXPECT_THAT(types_in(copied.at("warnings")),
                IsSupersetOf({"comment", "storage", "statistics", "storage_order",
                              "replica_identity", "check", "index_storage"}));
    EXPECT_THAT(copied.at("warnings").dump(),
                AllOf(HasSubstr("the primary key is checked at once"),
                      HasSubstr("the primary key does not carry more along (INCLUDE)"),
                      HasSubstr("is checked at once: only PostgreSQL defers unique constraints"),
                      HasSubstr("counts by one, where the source's sequence counts by 5"),
                      Not(HasSubstr("the collation default is not kept"))));
    const std::string views = run.read("views.sql");
    EXPECT_EQ(views.find("SQL SECURITY INVOKER") != views.npos, to != Place::kSqlite) << views;
    EXPECT_EQ(views.find("WITH LOCAL CHECK OPTION") != views.npos, to != Place::kSqlite);
    EXPECT_THAT(run.read("skipped/tables.sql"),
                AllOf(HasSubstr("CREATE POLICY mine ON "), HasSubstr("CREATE POLICY of_part ON ")));
    EXPECT_THAT(
        copied.at("warnings").dump(),
        AllOf(HasSubstr("not kept: part_1_id_fkey, later_1, part_1_alone, the default of v"),
              HasSubstr("not kept: only_2, only_part, the default of v")));
    EXPECT_THAT(run.read("triggers.sql"), Not(HasSubstr("never")));
  }
}

class EngineObjectsOfMysql : public ::testing::TestWithParam<Place> {
 protected:
  void SetUp() override {
    if (!is_available(GetParam())) GTEST_SKIP() << "no " << name_of(GetParam());
  }
};

TEST_P(EngineObjectsOfMysql, AreHandedOver) {
  const TestDatabase source(GetParam());
  source.run(
      "CREATE TABLE t (id INT PRIMARY KEY);"
      "CREATE EVENT nightly ON SCHEDULE EVERY 1 DAY DISABLE DO DELETE FROM t WHERE id < 0");
  for (const Place to : {GetParam(), Place::kSqlite}) {
    const TestDatabase target(to);
    const SchemaCopyRun run(source, target);
    const nlohmann::json copied = run.copy();
    ASSERT_TRUE(copied.contains("skipped_items")) << copied.dump(1);
    EXPECT_THAT(types_in(copied.at("skipped_items")), Contains("event"));
    EXPECT_THAT(run.read("skipped/tables.sql"), HasSubstr("DELETE FROM t WHERE id < 0"));
  }
}

TEST(EngineObjectsOfMysqlAlone, ChecksOfMysqlThatAreNotEnforcedStaySo) {
  if (!is_available(Place::kMysql)) GTEST_SKIP() << "no MySQL";
  const TestDatabase source(Place::kMysql);
  source.run(
      "CREATE TABLE t (a INT, CONSTRAINT loose CHECK (a > 0) NOT ENFORCED); "
      "INSERT INTO t VALUES (-1)");
  const TestDatabase target(Place::kMysql);
  const nlohmann::json status = MigrationRun(source, target).run({"--create-schema"});
  EXPECT_EQ(status.value("status", ""), "completed") << status.dump(1);
  EXPECT_EQ(schema_dump(target), schema_dump(source));
}

INSTANTIATE_TEST_SUITE_P(All, EngineObjectsOfMysql,
                         ::testing::Values(Place::kMariadb, Place::kMysql),
                         [](const auto& test) { return name_of(test.param); });

}  // namespace
}  // namespace crossload::testing
