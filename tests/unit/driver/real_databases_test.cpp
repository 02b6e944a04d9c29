#include <cstdlib>
#include <fstream>

#include <nlohmann/json.hpp>

#include "sqlite_file.h"

// The real databases beside the project, where they are: each is introspected and read whole, and
// the counts are held against those that were gathered with other tools.
namespace crossload::testing {
namespace {

namespace fs = std::filesystem;
using namespace driver;
using nlohmann::json;

const fs::path kTestData = fs::path(CROSSLOAD_SOURCE_DIR).parent_path() / "shared" / "testdata";

struct Counts {
  std::size_t tables = 0;
  std::size_t views = 0;
  std::size_t triggers = 0;
  std::size_t foreign_keys = 0;
  std::size_t virtual_tables = 0;
  std::size_t shadow_tables = 0;
  std::size_t indexes = 0;
  std::uint64_t fk_violations = 0;
};

Counts count(const Schema& schema) {
  Counts counts;
  counts.views = schema.views.size();
  for (const View& view : schema.views) counts.triggers += view.triggers.size();
  for (const Table& table : schema.tables) {
    ++counts.tables;
    counts.virtual_tables += table.kind == TableKind::kVirtual;
    counts.shadow_tables += table.kind == TableKind::kShadow;
    counts.triggers += table.triggers.size();
    counts.foreign_keys += table.foreign_keys.size();
    // The facts leave the tables behind virtual ones out of their counts of indexes.
    if (table.kind == TableKind::kTable) counts.indexes += table.indexes.size();
  }
  return counts;
}

class RealDatabases : public ::testing::Test {
 protected:
  // Reads every table by its key and compares the number of rows with the facts.
  static void expect_rows(Connection& connection, const Schema& schema, const json& facts) {
    for (const auto& [name, rows] : facts.at("row_counts").items()) {
      const Table* table = schema.find_table({"", name});
      if (table == nullptr || table->kind == TableKind::kVirtual || !rows.is_number()) continue;
      ReadRequest request;
      request.table = table->name;
      for (const Column& column : table->columns) request.columns.push_back(column.name);
      if (const auto key = connection.catalog().resume_key(*table)) request.key = key->columns;
      const auto reader = connection.read_table(request);
      RowBatch batch;
      std::uint64_t read = 0;
      while (reader->read(batch, {})) read += batch.rows();
      EXPECT_EQ(read, rows.get<std::uint64_t>()) << name;
      EXPECT_EQ(connection.catalog().count_rows(table->name), read) << name;
    }
  }

  void check(const fs::path& file, const json& facts) {
    SCOPED_TRACE(file.string());
    Endpoint endpoint;
    endpoint.profile = "real";
    endpoint.url.path = file.string();
    const Database database = driver_->resolve(endpoint, std::nullopt, false);
    const auto connection = driver_->connect(endpoint, database, {Access::kReadWrite, false, {}});
    const Schema schema = connection->catalog().load_schema();
    const Counts counts = count(schema);
    EXPECT_EQ(counts.views, facts.at("views").get<std::size_t>());
    EXPECT_EQ(counts.triggers, facts.at("triggers").get<std::size_t>());
    EXPECT_EQ(counts.virtual_tables, facts.at("virtual_tables").size());
    EXPECT_EQ(counts.shadow_tables, facts.at("shadow_tables").size());
    EXPECT_EQ(counts.foreign_keys, facts.at("foreign_keys").get<std::size_t>());
    EXPECT_EQ(counts.tables, connection->catalog().list_tables("").size() - counts.views);
    expect_rows(*connection, schema, facts);

    std::vector<TableName> tables;
    for (const Table& table : schema.tables) tables.push_back(table.name);
    const auto load = connection->prepare_load({});
    const FkReport report = load->check_foreign_keys(tables, [](const FkOrphan&) {});
    // Where a key's definition is broken the engine's own check gives up on the whole table.
    if (report.problems.empty() && facts.at("foreign_key_violations").is_number()) {
      EXPECT_EQ(report.orphans, facts.at("foreign_key_violations").get<std::uint64_t>());
    }
  }

  TempFolder folder_;
  std::unique_ptr<Driver> driver_ = make_sqlite_driver();
};

TEST_F(RealDatabases, AreIntrospectedAndReadWhole) {
  if (!fs::exists(kTestData)) {
    ASSERT_EQ(std::getenv("CI"), nullptr) << "the real databases must be there in CI";
    GTEST_SKIP() << "no test data at " << kTestData;
  }
  std::size_t checked = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator(kTestData)) {
    const std::string name = entry.path().filename().string();
    if (!name.ends_with("_sqlite")) continue;
    const std::string load = "SQLITE_OUT=" + folder_.path().string() + " " +
                             (kTestData / "load_sqlite.sh").string() + " " + name + " " +
                             entry.path().string() + " > /dev/null 2>&1";
    ASSERT_EQ(std::system(load.c_str()), 0) << load;
    const json facts = json::parse(std::ifstream(entry.path() / "facts.json"));
    if (facts.contains("databases")) {
      for (const auto& [file, its_facts] : facts["databases"].items()) {
        check(folder_.path() / name / (file + ".db"), its_facts);
        ++checked;
      }
    } else {
      check(folder_.path() / (name + ".db"), facts);
      ++checked;
    }
  }
  EXPECT_GT(checked, 100U);
}

}  // namespace
}  // namespace crossload::testing
