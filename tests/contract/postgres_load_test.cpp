#include <gmock/gmock.h>

#include "postgres_fixture.h"

// Loading with and without the right to switch triggers off, and what becomes of foreign keys.
namespace crossload::testing {
namespace {

using namespace driver;
using ::testing::HasSubstr;

constexpr const char* kSaved = "SELECT to_regclass('crossload_saved_keys') IS NULL";

class PostgresLoad : public PostgresTest {
 protected:
  void SetUp() override {
    PostgresTest::SetUp();
    if (!connection_) return;
    role_ = world_->database_name() + "_owner";
    run("CREATE ROLE " + role_ + " LOGIN");
    run("ALTER DATABASE \"" + world_->database_name() + "\" OWNER TO " + role_);
    run("GRANT ALL ON SCHEMA public TO " + role_);
  }
  void TearDown() override {
    limited_.reset();
    if (!connection_) return;
    run("ALTER DATABASE \"" + world_->database_name() + "\" OWNER TO CURRENT_USER");
    run("DROP OWNED BY " + role_);
    run("DROP ROLE " + role_);
  }
  // A session of a user who owns the database and is nothing else.
  Connection& limited() {
    if (!limited_) {
      Endpoint endpoint = world_->endpoint();
      endpoint.url.user = role_;
      limited_ = open_as(endpoint, Access::kReadWrite);
    }
    return *limited_;
  }
  static void make_tables(Connection& connection) {
    execute(connection, "CREATE TABLE p (id integer PRIMARY KEY)");
    execute(
        connection,
        "CREATE TABLE c (id integer PRIMARY KEY, p integer CONSTRAINT c_p REFERENCES p ON DELETE "
        "CASCADE, s integer CONSTRAINT c_c REFERENCES c DEFERRABLE)");
    execute(connection, "INSERT INTO p VALUES (1), (2)");
  }
  static void load(Connection& connection, const std::string& name, const std::vector<Row>& rows) {
    const auto transaction = connection.begin(TransactionMode::kWrite);
    const auto writer =
        connection.write_table(write_request(connection.catalog().describe({"", name})));
    EXPECT_TRUE(write_all(*writer, batch_of(rows)).empty());
    transaction->commit();
  }
  Value validated(const std::string& key) {
    const auto rows = ask("SELECT convalidated FROM pg_constraint WHERE conname = '" + key + "'");
    return rows.empty() ? Value(std::string("gone")) : rows[0][0];
  }

  const Value yes_ = std::int64_t{1};
  const Value no_ = std::int64_t{0};
  const Row child_first_ = {std::int64_t{10}, std::int64_t{1}, std::int64_t{11}};
  const Row sibling_ = {std::int64_t{11}, std::monostate{}, std::monostate{}};
  const Row orphan_ = {std::int64_t{12}, std::int64_t{99}, std::monostate{}};
  std::string role_;
  std::unique_ptr<Connection> limited_;
};

TEST_F(PostgresLoad, ANameOfNoObjectCostsItsRowOnly) {
  if (!connection_) return;
  run("CREATE TABLE n (id integer PRIMARY KEY, f regproc)");
  const auto transaction = connection_->begin(TransactionMode::kWrite);
  const auto writer =
      connection_->write_table(write_request(connection_->catalog().describe({"", "n"})));
  const auto failures =
      write_all(*writer, batch_of({{std::int64_t{1}, std::string("now")},
                                   {std::int64_t{2}, std::string("there_is_no_such_function")},
                                   {std::int64_t{3}, std::string("version")}}));
  transaction->commit();
  ASSERT_EQ(failures.size(), 1U);
  EXPECT_EQ(failures[0].code, "datatype");
  EXPECT_EQ(ask("SELECT id FROM n ORDER BY id"),
            (std::vector<Row>{{std::int64_t{1}}, {std::int64_t{3}}}));
}

TEST_F(PostgresLoad, TellsWhetherTriggersCanBeOff) {
  EXPECT_TRUE(connection_->server().triggers_can_be_off);
  EXPECT_FALSE(limited().server().triggers_can_be_off);
  if (postgres_version(*connection_) < kHasParameterGrants) return;
  run("GRANT SET ON PARAMETER session_replication_role TO " + role_);
  limited_.reset();
  EXPECT_TRUE(limited().server().triggers_can_be_off);
}

TEST_F(PostgresLoad, LeavesAKeyOverOrphansNotValidWhoeverLoads) {
  for (Connection* connection : {connection_.get(), &limited()}) {
    make_tables(*connection);
    {
      const auto session = connection->prepare_load({});
      load(*connection, "c", {child_first_, sibling_, orphan_});
      std::size_t found = 0;
      const FkReport report =
          session->check_foreign_keys({{"", "c"}}, [&](const FkOrphan&) { ++found; });
      EXPECT_EQ(report.orphans, 1U);
      EXPECT_EQ(found, 1U);
      EXPECT_TRUE(report.problems.empty());
      session->finish();
    }
    EXPECT_EQ(validated("c_p"), no_);
    EXPECT_EQ(validated("c_c"), yes_);
    EXPECT_EQ(ask(kSaved)[0][0], yes_);
    EXPECT_EQ(
        ask("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'c_p'")[0][0],
        Value(std::string("FOREIGN KEY (p) REFERENCES p(id) ON DELETE CASCADE NOT VALID")));
    EXPECT_THROW(execute(*connection, "INSERT INTO c VALUES (13, 98, NULL)"), Error)
        << "the key acts again";
    execute(*connection, "DROP TABLE c, p");
  }
}

TEST_F(PostgresLoad, ProvesKeysWithoutOrphans) {
  make_tables(limited());
  const auto session = limited().prepare_load({});
  load(limited(), "c", {child_first_, sibling_});
  EXPECT_EQ(validated("c_p"), Value(std::string("gone"))) << "it must not act while rows come";
  EXPECT_EQ(session->check_foreign_keys({{"", "c"}, {"", "p"}}, [](const FkOrphan&) {}).orphans,
            0U);
  EXPECT_EQ(validated("c_p"), yes_);
  EXPECT_EQ(validated("c_c"), yes_);
  session->finish();
  EXPECT_EQ(ask(kSaved)[0][0], yes_);
}

TEST_F(PostgresLoad, EmptiesATableWithoutTouchingThoseThatPointAtIt) {
  make_tables(limited());
  execute(limited(), "INSERT INTO c VALUES (10, 1, NULL)");
  const auto session = limited().prepare_load({});
  {
    const auto transaction = limited().begin(TransactionMode::kWrite);
    session->empty_table({"", "p"});
    transaction->commit();
  }
  EXPECT_EQ(ask("SELECT count(*) FROM c")[0][0], Value(std::int64_t{1})) << "no cascade";
  EXPECT_EQ(session->check_foreign_keys({{"", "p"}}, [](const FkOrphan&) {}).orphans, 1U)
      << "a key of a table outside points at it";
  session->finish();
  EXPECT_EQ(validated("c_p"), no_);
}

TEST_F(PostgresLoad, PutsDroppedKeysBackWhenALoadIsGivenUpAndAfterACrash) {
  make_tables(limited());
  {
    const auto session = limited().prepare_load({});
    load(limited(), "c", {sibling_});
    EXPECT_EQ(validated("c_p"), Value(std::string("gone")));
  }
  EXPECT_EQ(validated("c_p"), no_) << "nothing has proved it";
  {
    const auto session = limited().prepare_load({});
    load(limited(), "c", {{std::int64_t{20}, std::monostate{}, std::monostate{}}});
    ask("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" + role_ + "'");
  }
  EXPECT_EQ(validated("c_p"), Value(std::string("gone")));
  EXPECT_EQ(ask(kSaved)[0][0], no_) << "its definition is kept";
  limited_.reset();
  limited().prepare_load({})->finish();
  EXPECT_EQ(validated("c_p"), no_);
  EXPECT_EQ(ask(kSaved)[0][0], yes_);
}

TEST_F(PostgresLoad, HidesWhatItKeepsFromTheCatalog) {
  make_tables(limited());
  const auto session = limited().prepare_load({});
  load(limited(), "c", {sibling_});
  EXPECT_EQ(ask(kSaved)[0][0], no_);
  EXPECT_EQ(connection_->catalog().list_tables("").size(), 2U);
  EXPECT_EQ(connection_->catalog().load_schema().tables.size(), 2U);
}

TEST_F(PostgresLoad, FiresTriggersOnlyWhenTold) {
  make_tables(*connection_);
  run("CREATE TABLE log (id integer)");
  run("CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS "
      "$$ BEGIN INSERT INTO log VALUES (NEW.id); RETURN NEW; END $$");
  run("CREATE TRIGGER tells AFTER INSERT ON c FOR EACH ROW EXECUTE FUNCTION tell()");
  {
    const auto session = connection_->prepare_load({});
    load(*connection_, "c", {sibling_});
    session->finish();
  }
  EXPECT_EQ(ask("SELECT count(*) FROM log")[0][0], Value(std::int64_t{0}));
  {
    const auto session = connection_->prepare_load({.fire_triggers = true});
    load(*connection_, "c", {orphan_});
    session->check_foreign_keys({{"", "c"}}, [](const FkOrphan&) {});
    session->finish();
  }
  EXPECT_EQ(ask("SELECT count(*) FROM log")[0][0], Value(std::int64_t{1}));
  EXPECT_EQ(validated("c_p"), no_) << "the orphan went in although triggers fire";
}

TEST_F(PostgresLoad, PutsSettingsBack) {
  run("SET synchronous_commit = 'local'");
  const char* settings =
      "SELECT current_setting('session_replication_role'), current_setting('synchronous_commit')";
  const auto before = ask(settings);
  {
    const auto session = connection_->prepare_load({.relaxed_durability = true});
    EXPECT_NE(ask(settings), before);
    session->finish();
    EXPECT_EQ(ask(settings), before);
  }
  { const auto session = connection_->prepare_load({.relaxed_durability = true}); }
  EXPECT_EQ(ask(settings), before);
}

TEST_F(PostgresLoad, TellsOfAPartitionedTableThatCannotKeepAKeyItDoesNotHold) {
  run("CREATE TABLE p (id integer PRIMARY KEY)");
  run("CREATE TABLE c (id integer PRIMARY KEY, p integer CONSTRAINT c_p REFERENCES p) PARTITION BY "
      "RANGE (id)");
  run("CREATE TABLE c1 PARTITION OF c DEFAULT");
  const auto session = connection_->prepare_load({});
  load(*connection_, "c", {{std::int64_t{1}, std::int64_t{99}}});
  const FkReport report = session->check_foreign_keys({{"", "c"}}, [](const FkOrphan&) {});
  EXPECT_EQ(report.orphans, 1U);
  ASSERT_EQ(report.problems.size(), 1U);
  EXPECT_THAT(report.problems[0].message, HasSubstr("FOREIGN KEY (p) REFERENCES p(id)"));
  EXPECT_EQ(validated("c_p"), Value(std::string("gone")));
}

TEST_F(PostgresLoad, NumbersOnForIdentitiesAndSerialsOfEveryDirection) {
  run("CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, b serial, "
      "c integer GENERATED BY DEFAULT AS IDENTITY (START -1 INCREMENT -1 MINVALUE -100 MAXVALUE "
      "-1))");
  const auto session = connection_->prepare_load({});
  load(*connection_, "t",
       {{std::int64_t{50}, std::int64_t{7}, std::int64_t{-9}},
        {std::int64_t{-3}, std::int64_t{2}, std::int64_t{-5}}});
  session->advance_identity(connection_->catalog().describe({"", "t"}), std::nullopt);
  run("INSERT INTO t DEFAULT VALUES");
  EXPECT_EQ(ask("SELECT a, b, c FROM t WHERE a = 51"),
            (std::vector<Row>{{std::int64_t{51}, std::int64_t{8}, std::int64_t{-10}}}));
}

TEST_F(PostgresLoad, NamesTheRowOfADeferredConstraintAtOnce) {
  run("CREATE TABLE t (id integer PRIMARY KEY, u integer UNIQUE DEFERRABLE INITIALLY DEFERRED)");
  WriteRequest request = write_request(connection_->catalog().describe({"", "t"}));
  const auto transaction = connection_->begin(TransactionMode::kWrite);
  const auto writer = connection_->write_table(request);
  std::vector<Row> rows;
  for (std::int64_t id = 0; id < 100; ++id) rows.push_back({id, id == 70 ? 5 : id});
  const auto failures = write_all(*writer, batch_of(rows));
  ASSERT_EQ(failures.size(), 1U);
  EXPECT_EQ(failures[0].first, 70U);
  EXPECT_EQ(failures[0].code, "unique");
  EXPECT_EQ(failures[0].column, "u");
  transaction->commit();
}

TEST_F(PostgresLoad, NamesRowsWhoseForeignKeyActsThoughTheServerDoesNot) {
  run("CREATE TABLE p (id integer PRIMARY KEY)");
  run("INSERT INTO p VALUES (1)");
  run("CREATE TABLE c (id integer PRIMARY KEY, p integer REFERENCES p)");
  const auto transaction = connection_->begin(TransactionMode::kWrite);
  const auto writer =
      connection_->write_table(write_request(connection_->catalog().describe({"", "c"})));
  std::vector<Row> rows;
  for (std::int64_t id = 0; id < 200; ++id) {
    rows.push_back({id, std::int64_t{id == 30 || id == 31 || id == 150 ? 9 : 1}});
  }
  const auto failures = write_all(*writer, batch_of(rows));
  ASSERT_EQ(failures.size(), 3U);
  EXPECT_EQ(failures[0].first, 30U);
  EXPECT_EQ(failures[1].first, 31U);
  EXPECT_EQ(failures[2].first, 150U);
  EXPECT_EQ(failures[0].code, "foreign_key");
  transaction->commit();
}

}  // namespace
}  // namespace crossload::testing
