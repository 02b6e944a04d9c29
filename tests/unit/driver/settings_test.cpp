#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sqlite_file.h"

namespace crossload::testing {
namespace {

using namespace driver;

class SqliteSettings : public SqliteFile {
 protected:
  std::string fingerprint() { return open()->catalog().fingerprint(); }
};

TEST_F(SqliteSettings, CarryWhatAFileIsToTheFileMadeFromIt) {
  script(
      "PRAGMA page_size=8192; PRAGMA encoding='UTF-16be'; PRAGMA auto_vacuum=INCREMENTAL;"
      "PRAGMA application_id=1196444487; PRAGMA user_version=10300; CREATE TABLE t (a);");
  const std::vector<DatabaseSetting> settings = open()->catalog().database_settings();
  const Database copy = driver_->resolve(endpoint(), "copy.gpkg", true);
  // Closed and opened again in between: the file itself must know.
  driver_->connect(endpoint(), copy, {Access::kReadWrite, true, settings});
  execute(*driver_->connect(endpoint(), copy, {Access::kReadWrite, false, {}}),
          "CREATE TABLE t (a)");
  for (const char* pragma :
       {"page_size", "encoding", "auto_vacuum", "application_id", "user_version"}) {
    EXPECT_EQ(query_text(copy.location, std::string("PRAGMA ") + pragma),
              query_text(path(), std::string("PRAGMA ") + pragma))
        << pragma;
  }
}

TEST_F(SqliteSettings, LeaveAFileThatHoldsSomethingAlone) {
  script("PRAGMA user_version=5; CREATE TABLE t (a);");
  const Database database = driver_->resolve(endpoint(), "test.db", true);
  driver_->connect(endpoint(), database, {Access::kReadWrite, true, {{"user_version", "9"}}});
  EXPECT_EQ(query_text(path(), "PRAGMA user_version"), "5");
}

TEST_F(SqliteSettings, AreNothingButSettings) {
  const Database database = driver_->resolve(endpoint(), "new.db", true);
  for (const DatabaseSetting& setting :
       {DatabaseSetting{"journal_mode", "OFF"}, DatabaseSetting{"user_version", "1'; DROP TABLE t"},
        DatabaseSetting{"user_version; --", "1"}, DatabaseSetting{"user_version", ""}}) {
    EXPECT_THROW(driver_->connect(endpoint(), database, {Access::kReadWrite, true, {setting}}),
                 Error);
  }
}

TEST_F(SqliteSettings, FingerprintIsTheSameInAnotherProcess) {
  for (const char* journal : {"delete", "wal"}) {
    script(std::string("PRAGMA journal_mode=") + journal +
           "; CREATE TABLE IF NOT EXISTS t (a); INSERT INTO t VALUES (1);");
    const std::string here = fingerprint();
    EXPECT_FALSE(here.empty());
    EXPECT_EQ(fingerprint(), here);
    const pid_t child = ::fork();
    if (child == 0) ::_exit(fingerprint() == here ? 0 : 1);
    int status = -1;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0) << journal;
  }
}

TEST_F(SqliteSettings, FingerprintDiffersAfterEveryCommit) {
  for (const char* journal : {"delete", "truncate", "persist", "wal"}) {
    script(std::string("PRAGMA journal_mode=") + journal +
           "; DROP TABLE IF EXISTS t; CREATE TABLE t (a); INSERT INTO t VALUES (1);");
    const auto writing = open_to_write();
    std::string before = fingerprint();
    for (int i = 0; i < 5; ++i) {
      execute(*writing, "UPDATE t SET a = a + 1");
      const std::string after = fingerprint();
      EXPECT_NE(after, before) << journal;
      before = after;
    }
  }
}

}  // namespace
}  // namespace crossload::testing
