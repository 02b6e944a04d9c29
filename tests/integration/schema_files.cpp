#include "schema_files.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace crossload::testing {

SchemaFiles::SchemaFiles(const TestDatabase& source, const TestDatabase& target, const Json& more)
    : target_(target) {
  // A file to try statements on must be there.
  if (target.place() == Place::kSqlite) target.run("CREATE TABLE t (a); DROP TABLE t;");
  temp_.write("crossload.json", R"({"state_dir":"state","profiles":{"from":)" +
                                    source.profile("read") + R"(,"to":)" + target.profile("write") +
                                    "}}");
  McpSession session(temp_ / "crossload.json", temp_ / "stderr");
  Json arguments = {{"profile_name", "from"},
                    {"database_name", source.name()},
                    {"target_db_type", engine_of(target.place())},
                    // What MySQL and MariaDB have differs.
                    {"target_profile", "to"},
                    {"target_database", target.name()}};
  arguments.update(more);
  result_ = session.call("generate-schema-copy", arguments);
  if (result_.at("is_error").get<bool>()) throw std::runtime_error(result_.dump(1));
}

std::string SchemaFiles::read(const std::string& name) const {
  std::ifstream file(folder() / name, std::ios::binary);
  if (!file) throw std::runtime_error("no file " + name);
  return {std::istreambuf_iterator<char>(file), {}};
}

void SchemaFiles::run() const {
  run_tables();
  run_objects();
}

void SchemaFiles::run_tables() const {
  run_files({"tables.sql", "indexes.sql"});
}

void SchemaFiles::run_objects() const {
  run_files({"foreign_keys.sql", "triggers.sql", "views.sql"});
}

void SchemaFiles::run_files(const std::vector<std::string>& names) const {
  for (const std::string& name : names) target_.run_file(folder() / name);
}

bool tells(const Json& items, const std::string& type, const std::string& name) {
  return std::any_of(items.begin(), items.end(), [&](const Json& item) {
    return item.at("type") == type &&
           item.at("name").get<std::string>().find(name) != std::string::npos;
  });
}

}  // namespace crossload::testing
