// Targets on small and on read-only file systems, mounted in a name space of the test's own.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>

#include "tool_world.h"

namespace crossload::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class FileSystems : public ::testing::Test {
 protected:
  void SetUp() override {
    const bool own_mounts = ::unshare(CLONE_NEWNS) == 0 &&
                            ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
    if (own_mounts) return;
    if (std::getenv("CI") != nullptr) FAIL() << "in CI this has to be root";
    GTEST_SKIP() << "mounting needs root";
  }

  /// A file system of so many KiB at data/disk.
  void mount_disk(const char* size, unsigned long flags = 0) {
    std::filesystem::create_directories(world_.data("disk"));
    const std::string options = std::string("size=") + size;
    ASSERT_EQ(::mount("tmpfs", world_.data("disk").c_str(), "tmpfs", flags, options.c_str()), 0);
  }

  ToolWorld world_;
};

TEST_F(FileSystems, AFullDiskFailsTheJobClearlyAndItGoesOnWhenThereIsRoom) {
  run_sql(world_.data("big.db").string(),
          "CREATE TABLE t (id INTEGER PRIMARY KEY, v BLOB); WITH RECURSIVE n(i) AS (SELECT 1 UNION "
          "ALL SELECT i + 1 FROM n WHERE i < 8000) INSERT INTO t SELECT i, randomblob(1000) FROM n;"
          "CREATE TABLE u (a UNIQUE); INSERT INTO u VALUES ('x');");
  mount_disk("2m");
  Json status =
      world_.migrate("big.db", "disk/copy.db", {{"create_schema", true}, {"batch_size", 100}});
  EXPECT_NE(status["status"], "completed");
  EXPECT_THAT(status.dump(), HasSubstr("full")) << status.dump();
  EXPECT_LT(status["rows_migrated"], 8000);
  mount_disk("64m", MS_REMOUNT);
  Json answer = world_.mcp().call("start-migration-job", {{"resume_job_id", status["job_id"]}});
  EXPECT_EQ(answer["status"], "resumed") << answer.dump();
  status = world_.mcp().wait_for_job(status["job_id"]);
  EXPECT_EQ(status["status"], "completed") << status.dump();
  EXPECT_EQ(status["rows_migrated"], 8001);
  EXPECT_THAT(
      compare_databases(world_.data("big.db").string(), world_.data("disk/copy.db").string()),
      IsEmpty());
}

TEST_F(FileSystems, AReadOnlyTargetIsRefusedBeforeThereIsAJob) {
  mount_disk("2m");
  run_sql(world_.data("disk/there.db").string(), "CREATE TABLE t (a)");
  mount_disk("2m", MS_REMOUNT | MS_RDONLY);
  for (const char* target : {"disk/there.db", "disk/missing.db"}) {
    Json answer = world_.start("shop.db", target, {{"create_schema", true}});
    EXPECT_EQ(answer["is_error"], true) << answer.dump();
    EXPECT_EQ(answer.value("code", std::string()), "ACCESS_DENIED") << answer.dump();
    EXPECT_THAT(answer["suggestions"], ::testing::Not(IsEmpty()));
  }
  EXPECT_EQ(world_.mcp().call("list-migration-jobs", Json::object())["total"], 0);
}

}  // namespace
}  // namespace crossload::testing
