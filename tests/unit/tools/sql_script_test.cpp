#include "sql_script.h"

#include <gtest/gtest.h>

namespace crossload::tools {
namespace {

Profile profile(driver::Access access, bool truncate, bool drop) {
  Profile profile;
  profile.endpoint.profile = "p";
  profile.access = access;
  profile.allow_truncate = truncate;
  profile.allow_drop = drop;
  return profile;
}

bool allowed(const Profile& profile, const std::string& sql) {
  const dialect::Dialect& dialect = dialect::dialect_for(Engine::kSqlite);
  try {
    FoundDatabase where;
    where.profile = &profile;
    check_script(where, dialect, dialect.split(sql));
    return true;
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kAccessDenied);
    EXPECT_FALSE(error.suggestions().empty()) << error.message();
    return false;
  }
}

TEST(CheckScript, ReadProfilesOnlyRead) {
  const Profile reader = profile(driver::Access::kReadOnly, true, true);
  EXPECT_TRUE(allowed(reader, "SELECT 1; VALUES (2)"));
  EXPECT_FALSE(allowed(reader, "SELECT 1; UPDATE t SET a = 1 WHERE b"));
  EXPECT_FALSE(allowed(reader, "PRAGMA journal_mode = WAL"));
  EXPECT_FALSE(allowed(reader, "BEGIN"));
}

TEST(CheckScript, PowersAreNeededOneByOne) {
  const Profile writer = profile(driver::Access::kReadWrite, false, false);
  const Profile truncater = profile(driver::Access::kReadWrite, true, false);
  const Profile dropper = profile(driver::Access::kReadWrite, false, true);
  EXPECT_TRUE(allowed(writer, "INSERT INTO t VALUES (1); DELETE FROM t WHERE a = 1"));
  EXPECT_FALSE(allowed(writer, "DELETE FROM t"));
  EXPECT_TRUE(allowed(truncater, "DELETE FROM t"));
  EXPECT_FALSE(allowed(truncater, "DROP TABLE t"));
  EXPECT_TRUE(allowed(dropper, "DROP TABLE t"));
  EXPECT_FALSE(allowed(dropper, "DELETE FROM t"));
}

TEST(CheckScript, FilesAndTheLedgerAreOutOfReach) {
  const Profile boss = profile(driver::Access::kReadWrite, true, true);
  for (const char* sql : {"ATTACH 'x' AS y", "-- a note's quote\nattach 'x' AS y",
                          "/* ' */ DETACH y", "VACUUM INTO 'x'", "VACUUM main /* to */ INTO 'x'",
                          "SELECT * FROM crossload_ledger", "DROP TABLE \"CROSSLOAD_LEDGER\""}) {
    EXPECT_FALSE(allowed(boss, sql)) << sql;
  }
  for (const char* sql : {"VACUUM", "CREATE TABLE attachments (a)",
                          "INSERT INTO t VALUES ('attach the vacuum into the wall')"}) {
    EXPECT_TRUE(allowed(boss, sql)) << sql;
  }
}

}  // namespace
}  // namespace crossload::tools
