#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config_test_support.h"

namespace crossload::app {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class FindConfig : public ::testing::Test {
 protected:
  FindConfig() { fs::create_directories(work_); }

  fs::path find(std::optional<fs::path> option, VariableMap values) {
    return find_config(option, variables_of(std::move(values)), work_);
  }
  std::string refusal_of(std::optional<fs::path> option, VariableMap values) {
    try {
      return "found " + find(std::move(option), std::move(values)).string();
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::kInvalidArgument);
      return error.message();
    }
  }

  TempFolder folder_;
  fs::path work_ = folder_ / "work";
  fs::path option_ = folder_.write("option.json", "{}");
  fs::path variable_ = folder_.write("variable.json", "{}");
  fs::path xdg_ = folder_.write("xdg/crossload/config.json", "{}");
  fs::path home_ = folder_.write("home/.config/crossload/config.json", "{}");
  VariableMap all_ = {{"CROSSLOAD_CONFIG", variable_.string()},
                      {"XDG_CONFIG_HOME", (folder_ / "xdg").string()},
                      {"HOME", (folder_ / "home").string()}};
};

TEST_F(FindConfig, LooksInTheDocumentedOrder) {
  folder_.write("work/crossload.json", "{}");
  EXPECT_EQ(find(option_, all_), option_);
  EXPECT_EQ(find(std::nullopt, all_), variable_);
  all_["CROSSLOAD_CONFIG"] = "";
  EXPECT_EQ(find(std::nullopt, all_), work_ / "crossload.json");
  fs::remove(work_ / "crossload.json");
  EXPECT_EQ(find(std::nullopt, all_), xdg_);
  all_.erase("XDG_CONFIG_HOME");
  EXPECT_EQ(find(std::nullopt, all_), home_);
  all_["XDG_CONFIG_HOME"] = "relative/is/ignored";
  EXPECT_EQ(find(std::nullopt, all_), home_);
}

TEST_F(FindConfig, TakesRelativePathsFromTheWorkingFolder) {
  EXPECT_EQ(find("../option.json", {}), option_);
  EXPECT_EQ(find(std::nullopt, {{"CROSSLOAD_CONFIG", "../variable.json"}}), variable_);
}

TEST_F(FindConfig, DoesNotGoOnWhenANamedFileIsMissing) {
  folder_.write("work/crossload.json", "{}");
  const std::string by_option = refusal_of("none.json", all_);
  EXPECT_THAT(by_option, HasSubstr((work_ / "none.json").string()));
  EXPECT_THAT(by_option, HasSubstr("--config"));
  all_["CROSSLOAD_CONFIG"] = "/none/here.json";
  const std::string by_variable = refusal_of(std::nullopt, all_);
  EXPECT_THAT(by_variable, HasSubstr("/none/here.json"));
  EXPECT_THAT(by_variable, HasSubstr("$CROSSLOAD_CONFIG"));
}

TEST_F(FindConfig, NamesEveryPlaceItLookedAt) {
  const std::string message =
      refusal_of(std::nullopt, {{"XDG_CONFIG_HOME", (folder_ / "empty").string()}});
  EXPECT_THAT(message, HasSubstr((work_ / "crossload.json").string()));
  EXPECT_THAT(message, HasSubstr((folder_ / "empty/crossload/config.json").string()));
}

TEST_F(FindConfig, DoesWithoutAHome) {
  EXPECT_THAT(refusal_of(std::nullopt, {}), HasSubstr((work_ / "crossload.json").string()));
}

}  // namespace
}  // namespace crossload::app
