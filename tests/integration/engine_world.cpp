#include "engine_world.h"

#include "crossload/base/uri.h"

namespace crossload::testing {
namespace {

constexpr const char* kPostgresShop = R"(
CREATE SCHEMA sales;
CREATE TABLE customers (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name varchar(40) COLLATE "C" NOT NULL UNIQUE,
  note text DEFAULT 'none');
COMMENT ON TABLE customers IS 'who buys';
COMMENT ON COLUMN customers.name IS 'in full';
CREATE TABLE orders (
  id bigserial PRIMARY KEY,
  customer_id integer NOT NULL,
  total numeric(10,2) DEFAULT 0,
  twice numeric GENERATED ALWAYS AS (total * 2) STORED,
  photo bytea,
  CONSTRAINT positive CHECK (total >= 0),
  CONSTRAINT by_customer FOREIGN KEY (customer_id) REFERENCES customers ON DELETE CASCADE
    DEFERRABLE INITIALLY DEFERRED);
CREATE INDEX orders_total ON orders (total DESC, customer_id) WHERE total > 5;
CREATE TABLE sales.invoices (id integer PRIMARY KEY, order_id bigint REFERENCES orders);
CREATE TABLE loose (a integer);
CREATE VIEW rich AS SELECT id, total FROM orders WHERE total > 90;
CREATE FUNCTION note_it() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN UPDATE customers SET note = 'bought' WHERE id = new.customer_id; RETURN new; END $$;
INSERT INTO customers (name) VALUES ('Ann'), ('Bob'), ('Zoë');
INSERT INTO orders (customer_id, total, photo)
  SELECT i % 3 + 1, i, '\x00ff' FROM generate_series(1, 100) i;
INSERT INTO sales.invoices SELECT i, i FROM generate_series(1, 10) i;
CREATE TRIGGER noted AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION note_it();
)";

constexpr const char* kMysqlShop = R"(
CREATE TABLE customers (
  id integer AUTO_INCREMENT PRIMARY KEY,
  name varchar(40) COLLATE utf8mb4_bin NOT NULL COMMENT 'in full',
  note varchar(20) DEFAULT 'none',
  changed timestamp(3) NULL ON UPDATE CURRENT_TIMESTAMP(3),
  UNIQUE KEY one_name (name)) COMMENT 'who buys';
CREATE TABLE orders (
  id bigint unsigned AUTO_INCREMENT PRIMARY KEY,
  customer_id integer NOT NULL,
  total decimal(10,2) DEFAULT 0,
  twice decimal(12,2) GENERATED ALWAYS AS (total * 2) STORED,
  photo varbinary(20),
  KEY orders_total (total DESC, customer_id),
  CONSTRAINT positive CHECK (total >= 0),
  CONSTRAINT by_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE);
CREATE TABLE invoices (id integer PRIMARY KEY, order_id bigint unsigned,
  FOREIGN KEY (order_id) REFERENCES orders (id));
CREATE TABLE loose (a integer);
CREATE VIEW rich AS SELECT id, total FROM orders WHERE total > 90;
INSERT INTO customers (name) VALUES ('Ann'), ('Bob'), ('Zoë');
INSERT INTO orders (customer_id, total, photo)
  SELECT i % 3 + 1, i, x'00ff' FROM (WITH RECURSIVE n (i) AS
    (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100) SELECT i FROM n) numbers;
INSERT INTO invoices SELECT id, id FROM orders WHERE id <= 10;
DELIMITER //
CREATE TRIGGER noted AFTER INSERT ON orders FOR EACH ROW BEGIN
  UPDATE customers SET note = 'bought' WHERE id = new.customer_id;
END//
DELIMITER ;
)";

std::string make_poor_user(const TestDatabase& shop, const std::string& user) {
  const std::string password = EngineWorld::kPassword;
  if (shop.place() == Place::kPostgres) {
    // Before the 15th everyone may create in the schema public.
    shop.run("CREATE ROLE " + user + " LOGIN PASSWORD '" + password +
             "'; GRANT SELECT ON customers TO " + user +
             "; REVOKE CREATE ON SCHEMA public FROM public");
  } else {
    shop.run("CREATE USER " + user + " IDENTIFIED BY '" + password + "'; GRANT SELECT ON " +
             shop.name() + ".customers TO " + user);
  }
  return user;
}

/// A profile in crossload.json.
Json profile(const std::string& url, const Json& more) {
  Json shown = {{"url", url}};
  shown.update(more);
  return shown;
}

}  // namespace

EngineWorld::EngineWorld(Place place) : place_(place), shop_(place), target_(place) {
  shop_.run(is_postgres() ? kPostgresShop : kMysqlShop);
  poor_user_ = make_poor_user(shop_, "p" + shop_.name().substr(2));
  const Uri url = Uri::parse(shop_.url());
  const std::string scheme = url.scheme + "://";
  const std::string port = ":" + std::to_string(url.port.value());
  const std::string server = scheme + url.user + "@" + url.host + port;
  const std::string other = url.host == "127.0.0.1" ? "localhost" : "127.0.0.1";
  const Json all = {{"access", "write"}, {"allow", {"truncate", "drop"}}};
  Json profiles = Json::object();
  profiles["reader"] = profile(server, Json::object());
  profiles["writer"] = profile(server, {{"access", "write"}});
  profiles["trimmer"] = profile(server, {{"access", "write"}, {"allow", {"truncate"}}});
  profiles["boss"] = profile(server, all);
  profiles["narrow"] = profile(server, {{"databases", {shop_.name()}}});
  profiles["otherhost"] = profile(scheme + url.user + "@" + other + port, all);
  profiles["poor"] = profile(scheme + poor_user_ + "@" + url.host + port,
                             {{"access", "write"}, {"password", kPassword}});
  profiles["wrongpw"] = profile(scheme + poor_user_ + "@" + url.host + port,
                                {{"password", std::string(kPassword) + "-not"}});
  profiles["dead"] = profile(scheme + url.user + "@" + url.host + ":1", Json::object());
  profiles["tls"] =
      profile(server + (is_postgres() ? "?sslmode=require" : "?ssl-mode=REQUIRED"), Json::object());
  profiles["nohost"] = profile(scheme + url.user + "@no-such-host.invalid" + port, Json::object());
  profiles["files"] = profile("sqlite:data/", all);
  std::filesystem::create_directories(folder_ / "data");
  folder_.write("crossload.json", Json{{"state_dir", "state"}, {"profiles", profiles}}.dump());
  restart();
}

EngineWorld::~EngineWorld() {
  session_.reset();
  try {
    if (is_postgres()) shop_.run("DROP OWNED BY " + poor_user_);
    shop_.run((is_postgres() ? "DROP ROLE " : "DROP USER ") + poor_user_);
  } catch (const std::exception&) {
    // The server goes with the run.
  }
}

void EngineWorld::restart() {
  session_.reset();
  session_ = std::make_unique<McpSession>(folder_ / "crossload.json", folder_ / "stderr");
}

Json EngineWorld::call(const std::string& tool, const std::string& profile, const Json& more) {
  Json arguments = {{"profile_name", profile}, {"database_name", shop_.name()}};
  arguments.update(more);
  return session_->call(tool, arguments);
}

Json EngineWorld::query(const std::string& sql, const Json& more) {
  Json arguments = {{"sql", sql}};
  arguments.update(more);
  return call("query-sql", "reader", arguments);
}

Json EngineWorld::execute(const std::string& profile, const std::string& sql, const Json& more) {
  Json arguments = {{"sql", sql}};
  arguments.update(more);
  return call("execute-sql", profile, arguments);
}

Json EngineWorld::start(const Json& more) {
  Json arguments = {{"source_profile", "reader"},
                    {"source_database", shop_.name()},
                    {"target_profile", "boss"},
                    {"target_database", target_.name()}};
  arguments.update(more);
  return session_->call("start-migration-job", arguments);
}

std::string EngineWorld::running(const std::string& part) const {
  if (is_postgres()) {
    return shop_.ask(
        "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND "
        "state = 'active' AND datname = '" +
        shop_.name() + "' AND pid <> pg_backend_pid() AND query LIKE '%" + part + "%'");
  }
  return shop_.ask("SELECT count(*) FROM information_schema.processlist WHERE db = '" +
                   shop_.name() + "' AND id <> CONNECTION_ID() AND info LIKE '%" + part + "%'");
}

}  // namespace crossload::testing
