#include "schema_copy_run.h"

#include <chrono>
#include <string>
#include <vector>

#include "process.h"

namespace crossload::testing {

SchemaCopyRun::SchemaCopyRun(const TestDatabase& source, const TestDatabase& target)
    : source_(source), target_(target) {
  folder_.write("crossload.json", R"({"state_dir":"state","profiles":{"from":)" +
                                      source.profile("read") + R"(,"to":)" +
                                      target.profile("write") + "}}");
  // A file to try statements on must be there.
  if (target.place() == Place::kSqlite) target.run("CREATE TABLE t (a); DROP TABLE t;");
}

nlohmann::json SchemaCopyRun::copy(Trial trial) const {
  std::vector<std::string> command = {"/bin/sh",
                                      "-c",
                                      "exec \"$@\" 2> " + (folder_ / "copy.err").string(),
                                      "sh",
                                      "/usr/bin/env",
                                      "CROSSLOAD_CONFIG=" + (folder_ / "crossload.json").string(),
                                      CROSSLOAD_BINARY,
                                      "generate-schema-copy",
                                      "--json",
                                      "--profile-name",
                                      "from",
                                      "--database-name",
                                      source_.name(),
                                      "--target-db-type",
                                      engine_of(target_.place()),
                                      "--output-dir",
                                      "copy"};
  if (trial == Trial::kOnTarget) {
    command.insert(command.end(), {"--target-profile", "to", "--target-database", target_.name()});
  }
  Process process(command, folder_ / "copy.out");
  process.wait(std::chrono::minutes(2));
  const std::string text = folder_.read("copy.out");
  nlohmann::json result = nlohmann::json::parse(text, nullptr, false);
  if (result.is_discarded()) return {{"refused", text + folder_.read("copy.err")}};
  return result;
}

std::string SchemaCopyRun::read(const std::string& name) const {
  return folder_.read("state/copy/" + name);
}

}  // namespace crossload::testing
