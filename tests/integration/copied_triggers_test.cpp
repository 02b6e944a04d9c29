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

class CopiedTriggers : public ::testing::TestWithParam<Place> {
 protected:
  void SetUp() override {
    if (!is_available(GetParam())) GTEST_SKIP() << "its server is missing";
  }
};

/// From the engines that have ON UPDATE.
class CopiedOnUpdate : public CopiedTriggers {};

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
INSTANTIATE_TEST_SUITE_P(All, CopiedOnUpdate, ::testing::Values(Place::kMariadb, Place::kMysql),
                         [](const auto& test) { return std::string(name_of(test.param)); });

}  // namespace
}  // namespace crossload::testing
