#include "crossload/base/strings.h"
#include "crossload/dialect/dialect.h"
#include "crossload/driver_sqlite/sqlite_driver.h"

#include "driver_world.h"
#include "temp_folder.h"

namespace crossload::testing {
namespace {

std::string quote(const std::string& name) {
  return dialect::dialect_for(Engine::kSqlite).quote(name);
}

std::string quoted_list(const std::vector<std::string>& names) {
  std::vector<std::string> quoted;
  for (const std::string& name : names) quoted.push_back(quote(name));
  return "(" + join(quoted, ", ") + ")";
}

std::string type_sql(const Column& column) {
  switch (column.type.kind) {
    case TypeKind::kInteger:
      return " INTEGER";
    case TypeKind::kFloat64:
      return " REAL";
    case TypeKind::kText:
      return " TEXT";
    case TypeKind::kBytes:
      return " BLOB";
    default:
      return "";
  }
}

std::string table_sql(const Table& table) {
  std::vector<std::string> items;
  bool key_done = table.primary_key.empty();
  for (const Column& column : table.columns) {
    std::string item = quote(column.name) + type_sql(column);
    if (column.identity == IdentityKind::kAutoincrement) {
      item += " PRIMARY KEY AUTOINCREMENT";
      key_done = true;
    }
    items.push_back(item + (column.nullable ? "" : " NOT NULL"));
  }
  if (!key_done) items.push_back("PRIMARY KEY " + quoted_list(table.primary_key));
  for (const Index& index : table.indexes) {
    std::vector<std::string> columns;
    for (const IndexPart& part : index.parts) columns.push_back(part.column);
    items.push_back("UNIQUE " + quoted_list(columns));
  }
  for (const ForeignKey& key : table.foreign_keys) {
    items.push_back("FOREIGN KEY " + quoted_list(key.columns) + " REFERENCES " +
                    quote(key.referenced_table.name) + " " + quoted_list(key.referenced_columns));
  }
  return "CREATE TABLE " + quote(table.name.name) + " (" + join(items, ", ") + ")" +
         (table.without_rowid ? " WITHOUT ROWID" : "");
}

class SqliteWorld : public DriverWorld {
 public:
  explicit SqliteWorld(bool write_ahead)
      : write_ahead_(write_ahead), driver_(driver::make_sqlite_driver()) {
    const auto connection = connect();
    if (write_ahead_) driver::execute(*connection, "PRAGMA journal_mode=WAL");
  }
  driver::Driver& driver() override { return *driver_; }
  driver::Endpoint endpoint() override {
    driver::Endpoint endpoint;
    endpoint.profile = "files";
    endpoint.url.scheme = "sqlite";
    endpoint.url.path = folder_.path().string();
    endpoint.timeouts.lock = std::chrono::milliseconds(20);
    return endpoint;
  }
  DriverTraits traits() const override { return {true, write_ahead_, true}; }
  std::string database_name() const override { return "contract.db"; }
  void create_table(const Table& table) override { driver::execute(*connect(), table_sql(table)); }

 private:
  std::unique_ptr<driver::Connection> connect() {
    const driver::Database database = driver_->resolve(endpoint(), database_name(), true);
    return driver_->connect(endpoint(), database, {driver::Access::kReadWrite, true});
  }

  bool write_ahead_;
  TempFolder folder_;
  std::unique_ptr<driver::Driver> driver_;
};

}  // namespace

std::unique_ptr<DriverWorld> make_sqlite_world() {
  return std::make_unique<SqliteWorld>(false);
}
std::unique_ptr<DriverWorld> make_sqlite_wal_world() {
  return std::make_unique<SqliteWorld>(true);
}

}  // namespace crossload::testing
