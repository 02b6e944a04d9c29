#include "crossload/dialect/moment_form.h"

#include <initializer_list>
#include <string>

#include <gtest/gtest.h>

namespace crossload::dialect {
namespace {

std::string form_of(std::initializer_list<const char*> texts) {
  MomentForm form;
  for (const char* text : texts) form.add(text);
  return form.one();
}

TEST(MomentForm, IsOneWhereTextsAreInTheOrderOfMoments) {
  EXPECT_EQ(form_of({}), "");
  EXPECT_EQ(form_of({"2020-12-31"}), "dddd-dd-dd");
  EXPECT_EQ(form_of({"2020-12-31 10:00:00.000", "2020-12-31 10:00:00.120"}),
            "dddd-dd-dd dd:dd:dd.ddd");
  EXPECT_EQ(form_of({"10:00", "11:30"}), "dd:dd");
  EXPECT_EQ(form_of({"2020-12-31T10:00Z", "2021-12-31T10:00Z"}), "dddd-dd-ddTdd:ddZ");
  EXPECT_EQ(form_of({"2020-12-31 10:00:00", "2020-12-31 10:00:00.5"}), "dddd-dd-dd dd:dd:dd*");
  EXPECT_EQ(form_of({"2020-12-31 10:00:00+00:00", "2020-12-31 10:00:00.5+00:00"}),
            "dddd-dd-dd dd:dd:dd*+00:00");
}

TEST(MomentForm, IsSeveralWhereTheyAreNot) {
  const std::string several(MomentForm::kSeveral);
  EXPECT_EQ(form_of({"2020-12-31", "2020-12-31 10:00:00"}), several);
  EXPECT_EQ(form_of({"2020-12-31 10:00:00", "2020-12-31T10:00:00"}), several);
  EXPECT_EQ(form_of({"2020-12-31 10:00:00", "2020-12-31 10:00:00.50"}), several);
  EXPECT_EQ(form_of({"2020-12-31 10:00:00Z", "2020-12-31 10:00:00.5Z"}), several);
  EXPECT_EQ(form_of({"2020-12-31 10:00Z", "2020-12-31 10:00+02:00"}), several);
  EXPECT_EQ(form_of({"2020-12-31 10:00", "2020-12-31 10:00:00"}), several);
}

TEST(MomentForm, TellsWhetherATextHasIt) {
  EXPECT_TRUE(MomentForm::has("2020-12-31", "dddd-dd-dd"));
  EXPECT_FALSE(MomentForm::has("2020-12-31 10:00:00", "dddd-dd-dd"));
  EXPECT_TRUE(MomentForm::has("2020-12-31 10:00:00.25", "dddd-dd-dd dd:dd:dd*"));
  EXPECT_FALSE(MomentForm::has("2020-12-31 10:00:00.20", "dddd-dd-dd dd:dd:dd*"));
  for (const char* text : {"", "-", "a", "2020", "?", "."}) {
    EXPECT_FALSE(MomentForm::has(text, "dddd-dd-dd")) << text;
    EXPECT_FALSE(MomentForm::has(text, MomentForm::kSeveral)) << text;
  }
}

}  // namespace
}  // namespace crossload::dialect
