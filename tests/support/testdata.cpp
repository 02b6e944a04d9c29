#include "testdata.h"

#include <algorithm>
#include <cstdlib>
#include <system_error>

#include <gtest/gtest.h>

#include "process.h"

namespace crossload::testing {
namespace {

namespace fs = std::filesystem;

fs::path testdata() {
  return fs::path(CROSSLOAD_SOURCE_DIR) / "../shared/testdata";
}

Place place_of(const std::string& dataset) {
  if (dataset.ends_with("_pg")) return Place::kPostgres;
  return dataset.ends_with("_mysql") ? Place::kMariadb : Place::kSqlite;
}

}  // namespace

bool is_of_sqlite(const std::string& dataset) {
  return place_of(dataset) == Place::kSqlite;
}

std::vector<std::string> datasets(const std::function<bool(const std::string&)>& is_chosen) {
  std::vector<std::string> names;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(testdata(), ignored)) {
    const std::string name = entry.path().filename().string();
    if (entry.is_directory() && is_chosen(name)) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  if (names.empty()) names.push_back("not_found");
  return names;
}

void need_dataset(const std::string& dataset) {
  if (!fs::exists(testdata() / dataset)) {
    ASSERT_EQ(std::getenv("CI"), nullptr) << "the real databases must be there in CI";
    GTEST_SKIP() << "no real databases beside the project";
  }
  if (!is_available(place_of(dataset))) GTEST_SKIP() << "its server is missing";
}

std::vector<fs::path> unpack(const std::string& dataset, const TempFolder& folder,
                             std::chrono::minutes limit) {
  // Loading the files does not need to reach the disk.
  const fs::path shell =
      folder.write("shell", "#!/bin/sh\nexec sqlite3 -cmd 'PRAGMA synchronous = OFF' \"$@\"\n");
  fs::permissions(shell, fs::perms::owner_exec, fs::perm_options::add);
  Process load(
      {"/usr/bin/env", "SQLITE3=" + shell.string(), "SQLITE_OUT=" + (folder / "source").string(),
       "bash", (testdata() / "load_sqlite.sh").string(), dataset, (testdata() / dataset).string()},
      folder / "load.out");
  EXPECT_EQ(load.wait(limit), 0) << folder.read("load.out");
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder / "source")) {
    if (entry.path().extension() == ".db") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

void for_each_database(const std::string& dataset,
                       const std::function<void(const TestDatabase&)>& use) {
  if (!is_of_sqlite(dataset)) {
    const TestDatabase source(place_of(dataset));
    source.load(testdata() / dataset);
    return use(source);
  }
  const TempFolder folder;
  for (const fs::path& file : unpack(dataset, folder)) {
    SCOPED_TRACE(file.filename().string());
    use(TestDatabase(file));
  }
}

}  // namespace crossload::testing
