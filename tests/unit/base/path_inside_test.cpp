#include <gtest/gtest.h>

#include "crossload/base/files.h"

#include "support/temp_folder.h"

namespace crossload {
namespace {

namespace fs = std::filesystem;
using testing::TempFolder;

class PathInside : public ::testing::Test {
 protected:
  PathInside() : root_(folder_ / "root") {
    fs::create_directories(root_ / "sub");
    fs::create_directories(folder_ / "root-too");
    folder_.write("outside.db", "x");
  }

  TempFolder folder_;
  fs::path root_;
};

TEST_F(PathInside, FindsFilesThatExistOrNot) {
  EXPECT_EQ(path_inside(root_, "a.db"), root_ / "a.db");
  EXPECT_EQ(path_inside(root_, "sub/a.db"), root_ / "sub/a.db");
  EXPECT_EQ(path_inside(root_, "new/deep/a.db"), root_ / "new/deep/a.db");
  EXPECT_EQ(path_inside(root_.string() + "/", "sub/../a.db"), root_ / "a.db");
  EXPECT_EQ(path_inside(root_, "."), root_);
  EXPECT_EQ(path_inside(root_, "..a"), root_ / "..a");
}

TEST_F(PathInside, RefusesAWayOut) {
  EXPECT_EQ(path_inside(root_, "../outside.db"), std::nullopt);
  EXPECT_EQ(path_inside(root_, "sub/../../outside.db"), std::nullopt);
  EXPECT_EQ(path_inside(root_, "new/../../outside.db"), std::nullopt);
  EXPECT_EQ(path_inside(root_, ".."), std::nullopt);
  EXPECT_EQ(path_inside(root_, "../root-too/a.db"), std::nullopt);
}

TEST_F(PathInside, TakesAnAbsolutePathOnlyInside) {
  EXPECT_EQ(path_inside(root_, root_ / "sub/a.db"), root_ / "sub/a.db");
  EXPECT_EQ(path_inside(root_, folder_ / "outside.db"), std::nullopt);
  EXPECT_EQ(path_inside(root_, "/etc/passwd"), std::nullopt);
}

TEST_F(PathInside, FollowsLinks) {
  fs::create_directory_symlink(root_ / "sub", root_ / "link_in");
  fs::create_symlink(folder_ / "outside.db", root_ / "link_out");
  fs::create_directory_symlink(folder_.path(), root_ / "up");
  EXPECT_EQ(path_inside(root_, "link_in/a.db"), root_ / "sub/a.db");
  EXPECT_EQ(path_inside(root_, "link_out"), std::nullopt);
  EXPECT_EQ(path_inside(root_, "up/outside.db"), std::nullopt);
  EXPECT_EQ(path_inside(root_, "up/root/a.db"), root_ / "a.db");
}

TEST_F(PathInside, RefusesLinksThatLeadNowhere) {
  fs::create_symlink(folder_ / "not_yet.db", root_ / "dangling");
  fs::create_symlink(root_ / "loop", root_ / "loop");
  EXPECT_EQ(path_inside(root_, "dangling"), std::nullopt);
  EXPECT_EQ(path_inside(root_, "dangling/x"), std::nullopt);
  EXPECT_EQ(path_inside(root_, "loop"), std::nullopt);
}

TEST_F(PathInside, FollowsALinkToTheFolderItself) {
  fs::create_directory_symlink(root_, folder_ / "alias");
  EXPECT_EQ(path_inside(folder_ / "alias", "a.db"), root_ / "a.db");
  EXPECT_EQ(path_inside(folder_ / "alias", "../outside.db"), std::nullopt);
}

TEST_F(PathInside, RefusesNamesNoFileCanHave) {
  EXPECT_EQ(path_inside(root_, std::string("a\0/../../outside.db", 19)), std::nullopt);
  EXPECT_EQ(path_inside(root_, std::string(5000, 'a')), std::nullopt);
}

TEST_F(PathInside, WorksForAFolderThatDoesNotExistYet) {
  EXPECT_EQ(path_inside(folder_ / "later", "a.db"), folder_ / "later/a.db");
  EXPECT_EQ(path_inside(folder_ / "later", "../outside.db"), std::nullopt);
}

}  // namespace
}  // namespace crossload
