#include <fstream>

#include <gmock/gmock.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sqlite_file.h"

namespace crossload::testing {
namespace {

namespace fs = std::filesystem;
using namespace driver;
using ::testing::Contains;
using ::testing::ElementsAre;

class SqlitePlaces : public SqliteFile {
 protected:
  void make(const std::string& name) {
    fs::create_directories((folder_.path() / name).parent_path());
    run_sql((folder_.path() / name).string(), "CREATE TABLE t (a); INSERT INTO t VALUES (1);");
  }
  void write_text(const std::string& name, const std::string& text) {
    std::ofstream(folder_.path() / name) << text;
  }
  std::string resolve(const std::string& name) {
    return driver_->resolve(endpoint(), name, false).name;
  }
  ErrorCode refusal_of(const std::string& name, bool may_create = false) {
    return error_of([&] { driver_->resolve(endpoint(), name, may_create); }).code();
  }
};

TEST_F(SqlitePlaces, FindsFilesExactlyOrByTheirEndingLeftOut) {
  make("shop.db");
  make("maps/world.gpkg");
  make("plain");
  make("plain.sqlite");
  EXPECT_EQ(resolve("shop.db"), "shop.db");
  EXPECT_EQ(resolve("shop"), "shop.db");
  EXPECT_EQ(resolve("maps/world"), "maps/world.gpkg");
  EXPECT_EQ(resolve("./maps/../shop"), "shop.db");
  EXPECT_EQ(resolve("plain"), "plain") << "the exact name goes first";
}

TEST_F(SqlitePlaces, NamesTheNearestDatabases) {
  make("shop.db");
  make("blog.db");
  const Error error = error_of([&] { driver_->resolve(endpoint(), "shp.db", false); });
  EXPECT_EQ(error.code(), ErrorCode::kDatabaseNotFound);
  EXPECT_THAT(error.candidates(), ElementsAre("shop.db"));
}

TEST_F(SqlitePlaces, NeverLeavesTheFolder) {
  fs::create_directories(folder_.path() / "in");
  make("outside.db");
  Endpoint inner = endpoint();
  inner.url.path = (folder_.path() / "in").string();
  fs::create_symlink(folder_.path() / "outside.db", folder_.path() / "in" / "link.db");
  fs::create_symlink(folder_.path(), folder_.path() / "in" / "up");
  for (const std::string& name :
       {std::string("../outside.db"), std::string("link.db"), std::string("up/outside.db"),
        (folder_.path() / "outside.db").string(), std::string("/etc/passwd"), std::string(""),
        std::string("."), std::string("a\0b", 3), std::string("../new.db"),
        std::string("up/new.db")}) {
    for (const bool may_create : {false, true}) {
      EXPECT_EQ(error_of([&] { driver_->resolve(inner, name, may_create); }).code(),
                ErrorCode::kInvalidArgument)
          << name;
    }
  }
  EXPECT_NE(error_of([&] { driver_->resolve(inner, "link", false); }).code(),
            ErrorCode::kMigrationFailed);
  EXPECT_TRUE(driver_->list_databases(inner).empty());
}

TEST_F(SqlitePlaces, ListsDatabasesOfSubFoldersAndNothingElse) {
  make("b.db");
  make("a.sqlite");
  make("sub/deep/c.gpkg");
  make(".hidden.db");
  make(".git/d.db");
  write_text("notes.txt", "SQLite format 4");
  write_text("empty.db", "");
  write_text("b.db-journal", "SQLite format 3\0");
  const std::vector<DatabaseInfo> found = driver_->list_databases(endpoint());
  std::vector<std::string> names;
  for (const DatabaseInfo& database : found) {
    names.push_back(database.name);
    EXPECT_EQ(database.bytes, fs::file_size(folder_.path() / database.name));
  }
  EXPECT_THAT(names, ElementsAre("a.sqlite", "b.db", "sub/deep/c.gpkg"));
}

TEST_F(SqlitePlaces, KeepsToTheDatabasesThatTheProfileAllows) {
  make("shop.db");
  make("secret.db");
  Endpoint limited = endpoint();
  limited.databases = {"shop"};
  EXPECT_EQ(driver_->list_databases(limited).size(), 1U);
  EXPECT_EQ(driver_->resolve(limited, "shop.db", false).name, "shop.db");
  EXPECT_EQ(driver_->resolve(limited, std::nullopt, false).name, "shop.db");
  const Error error = error_of([&] { driver_->resolve(limited, "secret", false); });
  EXPECT_EQ(error.code(), ErrorCode::kDatabaseNotFound);
  EXPECT_THAT(error.candidates(), ::testing::Not(Contains("secret.db")));
  EXPECT_EQ(error_of([&] { driver_->resolve(limited, "new.db", true); }).code(),
            ErrorCode::kDatabaseNotFound);
}

TEST_F(SqlitePlaces, TakesAFileUrlWithAndWithoutItsName) {
  make("shop.db");
  Endpoint file = endpoint();
  file.url.path = (folder_.path() / "shop.db").string();
  EXPECT_EQ(driver_->resolve(file, std::nullopt, false).name, "shop.db");
  EXPECT_EQ(driver_->resolve(file, "shop.db", false).name, "shop.db");
  EXPECT_EQ(driver_->resolve(file, "shop", false).name, "shop.db");
  EXPECT_EQ(error_of([&] { driver_->resolve(file, "other.db", true); }).code(),
            ErrorCode::kDatabaseNotFound);
  EXPECT_EQ(driver_->list_databases(file).size(), 1U);
  fs::create_symlink(folder_.path() / "shop.db", folder_.path() / "link.db");
  file.url.path = (folder_.path() / "link.db").string();
  EXPECT_EQ(driver_->resolve(file, "link.db", false).identity,
            driver_->resolve(file, "shop.db", false).identity);
}

TEST_F(SqlitePlaces, MakesAMissingFileOnlyWhereThatWasAsked) {
  EXPECT_EQ(refusal_of("new.db"), ErrorCode::kDatabaseNotFound);
  EXPECT_EQ(refusal_of("new.db-wal", true), ErrorCode::kInvalidArgument);
  EXPECT_EQ(refusal_of("no/such/folder/new.db", true), ErrorCode::kInvalidArgument);
  const Database missing = driver_->resolve(endpoint(), "new.db", true);
  EXPECT_FALSE(missing.exists);
  EXPECT_EQ(error_of([&] {
              driver_->connect(endpoint(), missing, {Access::kReadWrite, false, {}});
            }).code(),
            ErrorCode::kConnectionFailed);
  EXPECT_FALSE(fs::exists(missing.location));
  const auto connection = driver_->connect(endpoint(), missing, {Access::kReadWrite, true, {}});
  execute(*connection, "CREATE TABLE t (a)");
  EXPECT_TRUE(driver_->resolve(endpoint(), "new", false).exists);
}

TEST_F(SqlitePlaces, GivesLinksToOneFileOneIdentity) {
  make("a.db");
  fs::create_hard_link(folder_.path() / "a.db", folder_.path() / "b.db");
  fs::create_symlink(folder_.path() / "a.db", folder_.path() / "c.db");
  const std::string identity = driver_->resolve(endpoint(), "a.db", false).identity;
  EXPECT_EQ(driver_->resolve(endpoint(), "b.db", false).identity, identity);
  make("d.db");
  EXPECT_NE(driver_->resolve(endpoint(), "d.db", false).identity, identity);
}

TEST_F(SqlitePlaces, SaysWhatIsWrongWithAFileThatIsNoDatabase) {
  write_text("text.db", std::string(5'000, 'x'));
  const Error error = error_of(
      [&] { driver_->connect(endpoint(), driver_->resolve(endpoint(), "text.db", false), {}); });
  EXPECT_EQ(error.code(), ErrorCode::kConnectionFailed);
  EXPECT_NE(error.message().find("text.db"), std::string::npos);
  EXPECT_FALSE(error.suggestions().empty());
}

TEST_F(SqlitePlaces, SaysThatADamagedFileIsDamaged) {
  for (const std::uintmax_t bytes : {4'096U, 4'196U, 8'191U}) {
    make("cut.db");
    fs::resize_file(folder_.path() / "cut.db", bytes);
    const Error error = error_of(
        [&] { driver_->connect(endpoint(), driver_->resolve(endpoint(), "cut.db", false), {}); });
    EXPECT_EQ(error.code(), ErrorCode::kConnectionFailed) << bytes;
    EXPECT_FALSE(error.suggestions().empty());
    fs::remove(folder_.path() / "cut.db");
  }
}

TEST_F(SqlitePlaces, WaitsForALockNoLongerThanItWasTold) {
  make("test.db");
  const auto holder = open_to_write();
  execute(*holder, "BEGIN EXCLUSIVE");
  const Error error = error_of([&] { open(); });
  EXPECT_TRUE(error.retryable());
  EXPECT_EQ(error.code(), ErrorCode::kConnectionFailed);
  EXPECT_FALSE(error.suggestions().empty());
}

// Runs `action` in another process; its exit status.
template <typename Action>
int in_child(const Action& action) {
  const pid_t child = ::fork();
  if (child == 0) {
    try {
      ::_exit(action());
    } catch (...) {
      ::_exit(99);  // The rest of the tests is not the child's to run.
    }
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// The same as a user without root's rights, which pass over permissions.
template <typename Action>
int as_nobody(const Action& action) {
  return in_child([&] {
    constexpr uid_t kNobody = 65'534;
    if (::geteuid() == 0 && (::setegid(kNobody) != 0 || ::seteuid(kNobody) != 0)) return 100;
    return action();
  });
}

TEST_F(SqlitePlaces, RefusesToWriteAFileThatItMayNotWrite) {
  make("test.db");
  ::chmod(path().c_str(), 0444);
  ::chmod(folder_.path().c_str(), 0755);
  EXPECT_EQ(as_nobody([&] {
              const Error error = error_of([&] { open_to_write(); });
              return error.code() == ErrorCode::kAccessDenied && !error.suggestions().empty() ? 0
                                                                                              : 1;
            }),
            0);
}

TEST_F(SqlitePlaces, ReadsAWriteAheadFileInAFolderThatCannotBeWritten) {
  run_sql(path(), "PRAGMA journal_mode=WAL; CREATE TABLE t (a); INSERT INTO t VALUES (1);");
  ASSERT_FALSE(fs::exists(path() + "-wal"));
  ::chmod(path().c_str(), 0444);
  ::chmod(folder_.path().c_str(), 0555);
  const int status =
      as_nobody([&] { return text(*open(), "SELECT count(*) FROM t") == "1" ? 0 : 1; });
  ::chmod(folder_.path().c_str(), 0755);
  EXPECT_EQ(status, 0);
}

TEST_F(SqlitePlaces, NoticesAWriteWhileItReadsWithoutLocks) {
  run_sql(path(),
          "PRAGMA journal_mode=WAL; CREATE TABLE t (a); INSERT INTO t VALUES (1), (2), (3);");
  ::chmod(path().c_str(), 0666);
  ::chmod(folder_.path().c_str(), 0555);
  const int status = as_nobody([&] {
    const auto connection = open();
    const auto reader = connection->read_table({{"", "t"}, {"a"}, {"rowid"}, {}});
    RowBatch batch;
    if (!reader->read(batch, {1, 1'000})) return 1;
    std::ofstream(path(), std::ios::app) << "x";
    return error_of([&] { reader->read(batch, {1, 1'000}); }).suggestions().empty() ? 2 : 0;
  });
  ::chmod(folder_.path().c_str(), 0755);
  EXPECT_EQ(status, 0);
}

TEST_F(SqlitePlaces, KeepsTheLocksOfOtherSessionsWhileItListsAndAsks) {
  make("test.db");
  const auto writing = open_to_write();
  const auto transaction = writing->begin(TransactionMode::kWrite);
  driver_->list_databases(endpoint());
  open()->catalog().fingerprint();
  // Another process: within one, SQLite would know of the lock by itself.
  const int status = in_child([&] {
    sqlite3* other = nullptr;
    sqlite3_open(path().c_str(), &other);
    return sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_BUSY ? 0 : 1;
  });
  EXPECT_EQ(status, 0) << "the write lock was lost";
}

}  // namespace
}  // namespace crossload::testing
