#include "crossload/base/strings.h"
#include "crossload/dialect/dialect.h"
#include "crossload/driver_postgres/postgres_driver.h"

#include "driver_world.h"
#include "servers.h"

namespace crossload::testing {
namespace {

std::string quote(const std::string& name) {
  return dialect::dialect_for(Engine::kPostgres).quote(name);
}

std::string quoted_list(const std::vector<std::string>& names) {
  std::vector<std::string> quoted;
  for (const std::string& name : names) quoted.push_back(quote(name));
  return "(" + join(quoted, ", ") + ")";
}

std::string type_sql(const Column& column) {
  switch (column.type.kind) {
    case TypeKind::kInteger:
      return " bigint";
    case TypeKind::kFloat64:
      return " double precision";
    case TypeKind::kBytes:
      return " bytea";
    default:
      return " text";
  }
}

std::string table_sql(const Table& table) {
  std::vector<std::string> items;
  for (const Column& column : table.columns) {
    const bool numbers_itself = column.identity != IdentityKind::kNone;
    items.push_back(quote(column.name) + type_sql(column) +
                    (numbers_itself ? " GENERATED ALWAYS AS IDENTITY" : "") +
                    (column.nullable ? "" : " NOT NULL"));
  }
  if (!table.primary_key.empty()) items.push_back("PRIMARY KEY " + quoted_list(table.primary_key));
  for (const Index& index : table.indexes) {
    std::vector<std::string> columns;
    for (const IndexPart& part : index.parts) columns.push_back(part.column);
    items.push_back("CONSTRAINT " + quote(index.name) + " UNIQUE " + quoted_list(columns));
  }
  for (const ForeignKey& key : table.foreign_keys) {
    items.push_back("FOREIGN KEY " + quoted_list(key.columns) + " REFERENCES " +
                    quote(key.referenced_table.name) + " " + quoted_list(key.referenced_columns));
  }
  return "CREATE TABLE " + quote(table.name.name) + " (" + join(items, ", ") + ")";
}

class PostgresWorld : public DriverWorld {
 public:
  explicit PostgresWorld(Uri url)
      : url_(std::move(url)),
        name_(fresh_database_name()),
        driver_(driver::make_postgres_driver()) {
    driver::execute(*connect("postgres"), "CREATE DATABASE " + quote(name_));
  }
  ~PostgresWorld() override {
    driver::execute(*connect("postgres"), "DROP DATABASE " + quote(name_) + " WITH (FORCE)");
  }
  PostgresWorld(const PostgresWorld&) = delete;
  PostgresWorld& operator=(const PostgresWorld&) = delete;

  driver::Driver& driver() override { return *driver_; }
  driver::Endpoint endpoint() override {
    driver::Endpoint endpoint;
    endpoint.profile = "server";
    endpoint.engine = Engine::kPostgres;
    endpoint.url = url_;
    return endpoint;
  }
  DriverTraits traits() const override {
    DriverTraits traits;
    traits.writers_pass_readers = true;
    traits.has_infinities = true;
    traits.one_writer = false;
    traits.tells_changes_after = std::chrono::milliseconds(1'100);
    traits.types_expressions = true;
    return traits;
  }
  std::string database_name() const override { return name_; }
  void create_table(const Table& table) override {
    driver::execute(*connect(name_), table_sql(table));
  }

 private:
  std::unique_ptr<driver::Connection> connect(const std::string& name) {
    const driver::Database database = driver_->resolve(endpoint(), name, false);
    return driver_->connect(endpoint(), database, {driver::Access::kReadWrite, false});
  }

  Uri url_;
  std::string name_;
  std::unique_ptr<driver::Driver> driver_;
};

}  // namespace

std::unique_ptr<DriverWorld> make_postgres_world() {
  const auto url = test_server(TestServer::kPostgres);
  if (!url) return nullptr;
  return std::make_unique<PostgresWorld>(*url);
}

}  // namespace crossload::testing
