#include "crossload/base/strings.h"
#include "crossload/dialect/dialect.h"
#include "crossload/driver_mysql/mysql_driver.h"

#include "driver_world.h"
#include "servers.h"

namespace crossload::testing {
namespace {

std::string quote(const std::string& name) {
  return dialect::dialect_for(Engine::kMysql).quote(name);
}

std::string quoted_list(const std::vector<std::string>& names) {
  std::vector<std::string> quoted;
  for (const std::string& name : names) quoted.push_back(quote(name));
  return "(" + join(quoted, ", ") + ")";
}

bool holds(const std::vector<std::string>& names, const std::string& name) {
  for (const std::string& other : names) {
    if (other == name) return true;
  }
  return false;
}

// A text or bytes without a length cannot be a key.
bool in_key(const Table& table, const std::string& column) {
  if (holds(table.primary_key, column)) return true;
  for (const Index& index : table.indexes) {
    for (const IndexPart& part : index.parts) {
      if (part.column == column) return true;
    }
  }
  for (const ForeignKey& key : table.foreign_keys) {
    if (holds(key.columns, column)) return true;
  }
  return false;
}

std::string type_sql(const Table& table, const Column& column) {
  // 760 bytes: MySQL 5.6 has room for 767 in a key.
  const bool key = in_key(table, column.name);
  switch (column.type.kind) {
    case TypeKind::kInteger:
      return " BIGINT";
    case TypeKind::kFloat64:
      return " DOUBLE";
    case TypeKind::kBytes:
      return key ? " VARBINARY(190)" : " LONGBLOB";
    default:
      // Text is compared as bytes, so that no two keys of the tests are the same.
      return std::string(key ? " VARCHAR(190)" : " LONGTEXT") +
             " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";
  }
}

std::string table_sql(const Table& table) {
  std::vector<std::string> items;
  for (const Column& column : table.columns) {
    const bool numbered = column.identity == IdentityKind::kAutoincrement;
    items.push_back(quote(column.name) + type_sql(table, column) +
                    (numbered ? " AUTO_INCREMENT" : "") +
                    (column.nullable ? " NULL" : " NOT NULL"));
  }
  if (!table.primary_key.empty()) {
    items.push_back("PRIMARY KEY " + quoted_list(table.primary_key));
  }
  for (const Index& index : table.indexes) {
    std::vector<std::string> columns;
    for (const IndexPart& part : index.parts) columns.push_back(part.column);
    items.push_back("UNIQUE KEY " + quote(index.name) + " " + quoted_list(columns));
  }
  for (const ForeignKey& key : table.foreign_keys) {
    items.push_back("FOREIGN KEY " + quoted_list(key.columns) + " REFERENCES " +
                    quote(key.referenced_table.name) + " " + quoted_list(key.referenced_columns));
  }
  return "CREATE TABLE " + quote(table.name.name) + " (" + join(items, ", ") + ") ENGINE=InnoDB";
}

class MysqlWorld : public DriverWorld {
 public:
  MysqlWorld(const Uri& url, bool mariadb)
      : url_(url),
        mariadb_(mariadb),
        name_(fresh_database_name()),
        driver_(driver::make_mysql_driver()) {
    const auto connection = connect("information_schema");
    driver::execute(*connection, "CREATE DATABASE " + quote(name_));
    tells_changes_ = !connection->server().version.starts_with("5.6");
  }
  ~MysqlWorld() override {
    try {
      driver::execute(*connect("information_schema"), "DROP DATABASE " + quote(name_));
    } catch (const Error& error) {
      ADD_FAILURE() << error.message();
    }
  }
  MysqlWorld(const MysqlWorld&) = delete;
  MysqlWorld& operator=(const MysqlWorld&) = delete;

  driver::Driver& driver() override { return *driver_; }
  driver::Endpoint endpoint() override {
    driver::Endpoint endpoint;
    endpoint.profile = "server";
    endpoint.engine = Engine::kMysql;
    endpoint.url = url_;
    endpoint.timeouts.lock = std::chrono::milliseconds(1'000);
    return endpoint;
  }
  DriverTraits traits() const override {
    DriverTraits traits;
    traits.writers_pass_readers = true;
    traits.one_writer = false;
    traits.tells_changes_after = std::chrono::milliseconds(1'100);
    traits.has_returning = mariadb_;
    traits.tells_changes = tells_changes_;
    // Both servers end a recursion after a thousand steps.
    traits.endless_select = "SELECT BENCHMARK(1000000000000, SHA2('a', 512))";
    return traits;
  }
  std::string database_name() const override { return name_; }
  void create_table(const Table& table) override {
    driver::execute(*connect(name_), table_sql(table));
  }

 private:
  std::unique_ptr<driver::Connection> connect(const std::string& database) {
    return driver_->connect(endpoint(), {database, database, {}, true},
                            {.access = driver::Access::kReadWrite});
  }

  Uri url_;
  bool mariadb_;
  bool tells_changes_ = true;
  std::string name_;
  std::unique_ptr<driver::Driver> driver_;
};

std::unique_ptr<DriverWorld> make_world(TestServer server) {
  const auto url = test_server(server);
  if (!url) return nullptr;
  return std::make_unique<MysqlWorld>(*url, server == TestServer::kMariadb);
}

}  // namespace

std::unique_ptr<DriverWorld> make_mariadb_world() {
  return make_world(TestServer::kMariadb);
}
std::unique_ptr<DriverWorld> make_mysql_world() {
  return make_world(TestServer::kMysql);
}

}  // namespace crossload::testing
