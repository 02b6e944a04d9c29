// Triggers that come with a copy do not fire for its rows, and afterwards do what they did in the
// source.

#include <string>

#include <gtest/gtest.h>

#include "migration_run.h"
#include "test_database.h"

namespace crossload::testing {
namespace {

const char* const kSqliteSource = R"(
CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, qty INTEGER, label TEXT);
CREATE TABLE audit (id INTEGER PRIMARY KEY AUTOINCREMENT, item_id INTEGER, what TEXT);
INSERT INTO item VALUES (1, 'one', 1, 'ONE');
INSERT INTO audit (item_id, what) VALUES (1, 'from the source');
CREATE TRIGGER item_label AFTER INSERT ON item BEGIN
  UPDATE item SET label = upper(NEW.name) WHERE id = NEW.id;
END;
CREATE TRIGGER item_checked BEFORE INSERT ON item BEGIN
  SELECT CASE WHEN NEW.qty < 0 THEN RAISE(ABORT, 'a negative quantity') END;
END;
CREATE TRIGGER item_added AFTER INSERT ON item BEGIN
  INSERT INTO audit (item_id, what) VALUES (NEW.id, 'added ' || NEW.name);
END;
CREATE TRIGGER item_changed AFTER UPDATE OF qty, id ON item WHEN OLD.qty <> NEW.qty BEGIN
  INSERT INTO audit (item_id, what) VALUES (NEW.id, 'from ' || OLD.qty || ' to ' || NEW.qty);
END;
CREATE TRIGGER item_gone AFTER DELETE ON item BEGIN
  DELETE FROM audit WHERE item_id = OLD.id AND what LIKE 'added%';
  INSERT INTO audit (item_id, what) VALUES (OLD.id, 'gone');
END;
)";

const char* const kMysqlSource = R"(
CREATE TABLE item (id int PRIMARY KEY, name varchar(20) COLLATE utf8mb4_bin, qty int,
                   label varchar(20) COLLATE utf8mb4_bin);
CREATE TABLE audit (id int AUTO_INCREMENT PRIMARY KEY, item_id int, what varchar(50) COLLATE utf8mb4_bin);
INSERT INTO item VALUES (1, 'one', 1, 'ONE');
INSERT INTO audit (item_id, what) VALUES (1, 'from the source');
DELIMITER $$
CREATE TRIGGER item_label BEFORE INSERT ON item FOR EACH ROW BEGIN
  IF NEW.qty < 0 THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a negative quantity';
  END IF;
  SET NEW.label = UPPER(NEW.name);
END$$
CREATE TRIGGER item_added AFTER INSERT ON item FOR EACH ROW
  INSERT INTO audit (item_id, what) VALUES (NEW.id, CONCAT('added ', NEW.name))$$
CREATE TRIGGER item_changed AFTER UPDATE ON item FOR EACH ROW BEGIN
  IF OLD.qty <> NEW.qty THEN
    INSERT INTO audit (item_id, what) VALUES (NEW.id, CONCAT('from ', OLD.qty, ' to ', NEW.qty));
  END IF;
END$$
CREATE TRIGGER item_gone AFTER DELETE ON item FOR EACH ROW BEGIN
  DELETE FROM audit WHERE item_id = OLD.id AND what LIKE 'added%';
  INSERT INTO audit SET item_id = OLD.id, what = 'gone';
END$$
DELIMITER ;
)";

const char* const kPostgresSource = R"(
CREATE TABLE item (id integer PRIMARY KEY, name text, qty integer, label text);
CREATE TABLE audit (id serial PRIMARY KEY, item_id integer, what text);
INSERT INTO item VALUES (1, 'one', 1, 'ONE');
INSERT INTO audit (item_id, what) VALUES (1, 'from the source');
CREATE FUNCTION item_label() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.qty < 0 THEN
    RAISE EXCEPTION 'a negative quantity';
  END IF;
  NEW.label := upper(NEW.name);
  RETURN NEW;
END $$;
CREATE TRIGGER item_label BEFORE INSERT ON item FOR EACH ROW EXECUTE FUNCTION item_label();
CREATE FUNCTION item_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO audit (item_id, what) VALUES (NEW.id, 'added ' || NEW.name);
    RETURN NEW;
  ELSIF TG_OP = 'UPDATE' AND OLD.qty <> NEW.qty THEN
    INSERT INTO audit (item_id, what) VALUES (NEW.id, 'from ' || OLD.qty || ' to ' || NEW.qty);
    RETURN NEW;
  ELSIF TG_OP = 'DELETE' THEN
    DELETE FROM audit WHERE item_id = OLD.id AND what LIKE 'added%';
    INSERT INTO audit (item_id, what) VALUES (OLD.id, 'gone');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER item_audit AFTER INSERT OR UPDATE OR DELETE ON item
  FOR EACH ROW EXECUTE FUNCTION item_audit();
)";

// What happens to rows that are there already; a variable; the time as a number.

const char* const kSqliteUpserts = R"(
CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, qty INTEGER);
CREATE TABLE tally (name TEXT PRIMARY KEY, n INTEGER, last INTEGER);
CREATE TABLE first_seen (name TEXT PRIMARY KEY, id INTEGER);
CREATE TABLE last_seen (name TEXT PRIMARY KEY, id INTEGER, note TEXT DEFAULT 'new');
CREATE TABLE clock (id INTEGER PRIMARY KEY, at INTEGER);
INSERT INTO tally VALUES ('a', 10, 0);
INSERT INTO last_seen VALUES ('a', 0, 'old');
INSERT INTO clock VALUES (1, 0);
CREATE TRIGGER item_tally AFTER INSERT ON item BEGIN
  INSERT INTO tally (name, n, last) VALUES (NEW.name, NEW.qty * 2, NEW.id)
    ON CONFLICT (name) DO UPDATE SET n = n + excluded.n, last = excluded.last WHERE n < 1000;
  INSERT OR IGNORE INTO first_seen VALUES (NEW.name, NEW.id);
  INSERT OR REPLACE INTO last_seen (name, id) VALUES (NEW.name, NEW.id);
  UPDATE clock SET at = strftime('%s', 'now') * 1000;
END;
)";
// Without what MySQL has no word for.
const char* const kSqliteUpsertsForMysql = R"(
DROP TRIGGER item_tally;
CREATE TRIGGER item_tally AFTER INSERT ON item BEGIN
  INSERT INTO tally (name, n, last) VALUES (NEW.name, NEW.qty * 2, NEW.id)
    ON CONFLICT (name) DO UPDATE SET n = n + excluded.n, last = excluded.last;
  INSERT INTO first_seen VALUES (NEW.name, NEW.id) ON CONFLICT DO NOTHING;
  REPLACE INTO last_seen (name, id) VALUES (NEW.name, NEW.id);
  UPDATE clock SET at = strftime('%s', 'now') * 1000;
END;
)";

const char* const kMysqlUpserts = R"(
CREATE TABLE item (id int PRIMARY KEY, name varchar(20) COLLATE utf8mb4_bin, qty int);
CREATE TABLE tally (name varchar(20) COLLATE utf8mb4_bin PRIMARY KEY, n int, last int);
CREATE TABLE first_seen (number int AUTO_INCREMENT PRIMARY KEY,
                         name varchar(20) COLLATE utf8mb4_bin UNIQUE, id int);
CREATE TABLE last_seen (name varchar(20) COLLATE utf8mb4_bin PRIMARY KEY, id int,
                        note varchar(20) DEFAULT 'new');
CREATE TABLE clock (id int PRIMARY KEY, at bigint);
INSERT INTO tally VALUES ('a', 10, 0);
INSERT INTO last_seen VALUES ('a', 0, 'old');
INSERT INTO clock VALUES (1, 0);
DELIMITER $$
CREATE TRIGGER item_tally AFTER INSERT ON item FOR EACH ROW BEGIN
  DECLARE doubled BIGINT DEFAULT 0;
  SET doubled = NEW.qty * 2;
  IF doubled THEN
    INSERT INTO tally (name, n, last) VALUES (NEW.name, doubled, NEW.id)
      ON DUPLICATE KEY UPDATE n = n + VALUES(n), last = VALUES(last);
  END IF;
  INSERT INTO first_seen (name, id) VALUES (NEW.name, NEW.id) ON DUPLICATE KEY UPDATE id = id;
  REPLACE INTO last_seen (name, id) VALUES (NEW.name, NEW.id);
  UPDATE clock SET at = UNIX_TIMESTAMP() * 1000;
END$$
DELIMITER ;
)";

const char* const kPostgresUpserts = R"(
CREATE TABLE item (id integer PRIMARY KEY, name text, qty integer);
CREATE TABLE tally (name varchar(20) PRIMARY KEY, n integer, last integer);
CREATE TABLE first_seen (name varchar(20) PRIMARY KEY, id integer);
CREATE TABLE last_seen (name varchar(20) PRIMARY KEY, id integer, note varchar(20) DEFAULT 'new');
CREATE TABLE clock (id integer PRIMARY KEY, at bigint);
INSERT INTO tally VALUES ('a', 10, 0);
INSERT INTO last_seen VALUES ('a', 0, 'old');
INSERT INTO clock VALUES (1, 1700000000001);
CREATE FUNCTION item_tally() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  doubled integer := 0;
BEGIN
  doubled := NEW.qty * 2;
  INSERT INTO tally (name, n, last) VALUES (NEW.name, doubled, NEW.id)
    ON CONFLICT (name) DO UPDATE SET n = tally.n + excluded.n, last = excluded.last;
  INSERT INTO first_seen VALUES (NEW.name, NEW.id) ON CONFLICT DO NOTHING;
  INSERT INTO last_seen (name, id) VALUES (NEW.name, NEW.id)
    ON CONFLICT (name) DO UPDATE SET id = excluded.id, note = excluded.note;
  RETURN NULL;
END $$;
CREATE TRIGGER item_tally AFTER INSERT ON item FOR EACH ROW EXECUTE FUNCTION item_tally();
)";

const char* const kSqliteViewTriggers = R"(
CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, qty INTEGER);
INSERT INTO item VALUES (1, 'one', 1);
CREATE VIEW shown AS SELECT id, upper(name) AS name FROM item WHERE qty > 0;
CREATE TRIGGER shown_added INSTEAD OF INSERT ON shown WHEN NEW.id IS NOT NULL BEGIN
  INSERT INTO item VALUES (NEW.id, lower(NEW.name), 1);
END;
CREATE TRIGGER shown_changed INSTEAD OF UPDATE ON shown BEGIN
  UPDATE item SET name = lower(NEW.name) WHERE id = OLD.id;
END;
CREATE TRIGGER shown_gone INSTEAD OF DELETE ON shown BEGIN
  UPDATE item SET qty = 0 WHERE id = OLD.id;
END;
)";

const char* const kPostgresViewTriggers = R"(
CREATE TABLE item (id integer PRIMARY KEY, name text, qty integer);
INSERT INTO item VALUES (1, 'one', 1);
CREATE VIEW shown AS SELECT id, upper(name) AS name FROM item WHERE qty > 0;
CREATE FUNCTION shown_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO item VALUES (NEW.id, lower(NEW.name), 1);
    RETURN NEW;
  ELSIF TG_OP = 'UPDATE' THEN
    UPDATE item SET name = lower(NEW.name) WHERE id = OLD.id;
    RETURN NEW;
  END IF;
  UPDATE item SET qty = 0 WHERE id = OLD.id;
  RETURN OLD;
END $$;
CREATE TRIGGER shown_changed INSTEAD OF INSERT OR UPDATE OR DELETE ON shown
  FOR EACH ROW EXECUTE FUNCTION shown_changed();
)";

class CopiedTriggers : public ::testing::TestWithParam<Place> {
 protected:
  void SetUp() override {
    if (!is_available(GetParam())) GTEST_SKIP() << "its server is missing";
  }
};

/// From the engines that have ON UPDATE.
class CopiedOnUpdate : public CopiedTriggers {};
/// From the engines that have INSTEAD OF.
class CopiedViewTriggers : public CopiedTriggers {};

void expect_triggers_work(const TestDatabase& target, const std::string& told) {
  ASSERT_EQ(target.ask("SELECT what FROM audit"), "from the source") << told;
  target.run("INSERT INTO item (id, name, qty) VALUES (2, 'two', 5), (3, 'three', 6);");
  target.run("UPDATE item SET qty = 7 WHERE id = 2;");
  target.run("UPDATE item SET name = 'zwei' WHERE id = 2;");
  target.run("DELETE FROM item WHERE id = 3;");
  EXPECT_EQ(target.ask("SELECT item_id, what FROM audit ORDER BY id"),
            "1\tfrom the source\n2\tadded two\n2\tfrom 5 to 7\n3\tgone")
      << told;
  EXPECT_EQ(target.ask("SELECT id, label FROM item ORDER BY id"), "1\tONE\n2\tTWO") << told;
  EXPECT_THROW(target.run("INSERT INTO item (id, name, qty) VALUES (4, 'four', -1);"),
               std::exception);
  EXPECT_EQ(target.ask("SELECT count(*) FROM item"), "2");
}

TEST_P(CopiedTriggers, DoInTheTargetWhatTheyDidInTheSource) {
  const Place from = GetParam();
  const TestDatabase source(from);
  source.run(from == Place::kSqlite     ? kSqliteSource
             : from == Place::kPostgres ? kPostgresSource
                                        : kMysqlSource);
  for (const Place to : {Place::kSqlite, Place::kPostgres, Place::kMariadb, Place::kMysql}) {
    if (!is_available(to)) continue;
    SCOPED_TRACE(std::string("to ") + name_of(to));
    const TestDatabase target(to);
    const nlohmann::json status = MigrationRun(source, target).run({"--create-schema"});
    ASSERT_TRUE(status.contains("tables_status")) << status.dump(1);
    expect_triggers_work(target, status.value("warnings", nlohmann::json()).dump(1));
  }
}

/// "name value" of each row.
void expect_upserts(const TestDatabase& target, const std::string& told) {
  target.run(
      "INSERT INTO item (id, name, qty) VALUES (1, 'a', 5);"
      "INSERT INTO item (id, name, qty) VALUES (2, 'b', 1);"
      "INSERT INTO item (id, name, qty) VALUES (3, 'b', 2);");
  EXPECT_EQ(target.ask("SELECT name, n, last FROM tally ORDER BY name"), "a\t20\t1\nb\t6\t3")
      << told;
  EXPECT_EQ(target.ask("SELECT name, id FROM first_seen ORDER BY name"), "a\t1\nb\t2") << told;
  EXPECT_EQ(target.ask("SELECT name, id, note FROM last_seen ORDER BY name"),
            "a\t1\tnew\nb\t3\tnew")
      << told;
  EXPECT_EQ(target.ask("SELECT count(*) FROM clock WHERE at > 1700000000000"), "1") << told;
}

TEST_P(CopiedTriggers, DoWithRowsThatAreThereWhatTheyDidInTheSource) {
  const Place from = GetParam();
  for (const Place to : {Place::kSqlite, Place::kPostgres, Place::kMariadb, Place::kMysql}) {
    if (!is_available(to)) continue;
    SCOPED_TRACE(std::string("to ") + name_of(to));
    const TestDatabase source(from);
    source.run(from == Place::kSqlite     ? kSqliteUpserts
               : from == Place::kPostgres ? kPostgresUpserts
                                          : kMysqlUpserts);
    const bool mysql = to == Place::kMariadb || to == Place::kMysql;
    if (from == Place::kSqlite && mysql) source.run(kSqliteUpsertsForMysql);
    const TestDatabase target(to);
    const nlohmann::json status = MigrationRun(source, target).run({"--create-schema"});
    ASSERT_TRUE(status.contains("tables_status")) << status.dump(1);
    expect_upserts(target, status.value("warnings", nlohmann::json()).dump(1));
  }
}

TEST_P(CopiedViewTriggers, TakeTheChangesOfTheirViews) {
  const Place from = GetParam();
  const TestDatabase source(from);
  source.run(from == Place::kSqlite ? kSqliteViewTriggers : kPostgresViewTriggers);
  for (const Place to : {Place::kSqlite, Place::kPostgres}) {
    if (!is_available(to)) continue;
    SCOPED_TRACE(std::string("to ") + name_of(to));
    const TestDatabase target(to);
    const nlohmann::json status = MigrationRun(source, target).run({"--create-schema"});
    const std::string told = status.value("warnings", nlohmann::json()).dump(1);
    target.run("INSERT INTO shown (id, name) VALUES (2, 'TWO'), (3, 'THREE');");
    target.run("UPDATE shown SET name = 'ZWEI' WHERE id = 2;");
    target.run("DELETE FROM shown WHERE id = 3;");
    EXPECT_EQ(target.ask("SELECT id, name, qty FROM item ORDER BY id"),
              "1\tone\t1\n2\tzwei\t1\n3\tthree\t0")
        << told;
  }
}

TEST_P(CopiedOnUpdate, TouchesChangedRowsAsMysqlDoes) {
  const TestDatabase source(GetParam());
  source.run(
      "CREATE TABLE note (id int PRIMARY KEY, body varchar(20), seen timestamp NOT NULL DEFAULT "
      "CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, at datetime ON UPDATE CURRENT_TIMESTAMP);"
      "INSERT INTO note VALUES (1, 'a', '2001-02-03 04:05:06', '2001-02-03 04:05:06'),"
      "(2, 'b', '2001-02-03 04:05:06', '2001-02-03 04:05:06');");
  for (const Place to : {Place::kSqlite, Place::kPostgres, Place::kMariadb, Place::kMysql}) {
    if (!is_available(to)) continue;
    SCOPED_TRACE(std::string("to ") + name_of(to));
    const TestDatabase target(to);
    const nlohmann::json status = MigrationRun(source, target).run({"--create-schema"});
    const std::string old = "SELECT id FROM note WHERE seen < '2002-01-01' ORDER BY id";
    const std::string old_at = "SELECT id FROM note WHERE at < '2002-01-01' ORDER BY id";
    EXPECT_EQ(target.ask(old), "1\n2");
    target.run("UPDATE note SET body = 'c' WHERE id = 1;");
    EXPECT_EQ(target.ask(old), "2") << status.dump(1);
    EXPECT_EQ(target.ask(old_at), "2");
    target.run("UPDATE note SET body = 'b' WHERE id = 2;");
    EXPECT_EQ(target.ask(old), "2") << "nothing changed";
    target.run("UPDATE note SET body = 'd', seen = '2001-01-01 00:00:00' WHERE id = 2;");
    EXPECT_EQ(target.ask(old), "2") << "the statement gave its own value";
  }
}

INSTANTIATE_TEST_SUITE_P(All, CopiedTriggers,
                         ::testing::Values(Place::kSqlite, Place::kPostgres, Place::kMariadb,
                                           Place::kMysql),
                         [](const auto& test) { return std::string(name_of(test.param)); });
INSTANTIATE_TEST_SUITE_P(All, CopiedViewTriggers,
                         ::testing::Values(Place::kSqlite, Place::kPostgres),
                         [](const auto& test) { return std::string(name_of(test.param)); });
INSTANTIATE_TEST_SUITE_P(All, CopiedOnUpdate, ::testing::Values(Place::kMariadb, Place::kMysql),
                         [](const auto& test) { return std::string(name_of(test.param)); });

}  // namespace
}  // namespace crossload::testing
