#include "json_values.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace crossload::tools {
namespace {

Json json_of(const Value& value, std::size_t max_chars = kWholeCell) {
  RowBatch batch;
  batch.reset(1);
  batch.append(0, value);
  batch.end_row();
  return cell_json(batch, 0, 0, max_chars);
}

TEST(CellJson, IntegersBeyondADoublesReachAreStrings) {
  constexpr std::int64_t kEdge = std::int64_t{1} << 53;
  EXPECT_EQ(json_of(kEdge), Json(kEdge));
  EXPECT_EQ(json_of(kEdge + 1), "9007199254740993");
  EXPECT_EQ(json_of(-kEdge), Json(-kEdge));
  EXPECT_EQ(json_of(-kEdge - 1), "-9007199254740993");
  EXPECT_EQ(json_of(std::numeric_limits<std::uint64_t>::max()), "18446744073709551615");
}

TEST(CellJson, WhatJsonHasNoNumberForIsAString) {
  EXPECT_EQ(json_of(std::numeric_limits<double>::infinity()), "Infinity");
  EXPECT_EQ(json_of(-std::numeric_limits<double>::infinity()), "-Infinity");
  EXPECT_EQ(json_of(std::nan("")), "NaN");
  EXPECT_EQ(json_of(0.1).dump(), "0.1");
  EXPECT_TRUE(json_of(std::monostate{}).is_null());
}

TEST(CellJson, BytesAndBrokenTextAreBase64) {
  EXPECT_EQ(json_of(Bytes{std::string("\x00\xff", 2)}), Json({{"base64", "AP8="}}));
  EXPECT_EQ(json_of(std::string("\xff"
                                "A")),
            Json({{"base64", "/0E="}}));
  EXPECT_EQ(json_of(std::string("naïve")), "naïve");
}

TEST(CellJson, LongCellsAreCutAtCharactersAndSaySo) {
  EXPECT_EQ(json_of(std::string("ééééé"), 5), "ééééé");
  const Json text = json_of(std::string("éééééé"), 5);
  EXPECT_EQ(text["text"], "ééééé");
  EXPECT_EQ(text["chars"], 6);
  EXPECT_EQ(text["truncated"], true);
  const Json bytes = json_of(Bytes{std::string(100, 'x')}, 8);
  EXPECT_EQ(bytes["base64"], "eHh4eHh4");
  EXPECT_EQ(bytes["bytes"], 100);
}

TEST(ParameterValue, TakesWhatSqlCanBind) {
  EXPECT_EQ(parameter_value(nullptr, 1), Value(std::monostate{}));
  EXPECT_EQ(parameter_value(true, 1), Value(std::int64_t{1}));
  EXPECT_EQ(parameter_value(-5, 1), Value(std::int64_t{-5}));
  EXPECT_EQ(parameter_value(std::uint64_t{1} << 63, 1), Value(std::uint64_t{1} << 63));
  EXPECT_EQ(parameter_value(1.5, 1), Value(1.5));
  EXPECT_EQ(parameter_value("x", 1), Value(std::string("x")));
  EXPECT_EQ(parameter_value({{"base64", "AP8="}}, 1), Value(Bytes{std::string("\x00\xff", 2)}));
}

TEST(ParameterValue, NamesTheParameterItRefuses) {
  for (const Json& json : {Json::array({1}), Json::object(), Json({{"base64", 5}})}) {
    try {
      parameter_value(json, 3);
      ADD_FAILURE() << json.dump();
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::kInvalidArgument);
      EXPECT_NE(error.message().find("parameter 3"), std::string::npos);
    }
  }
}

/// Rows of one integer column, in batches as small as the reader likes.
class CountingReader : public driver::RowReader {
 public:
  explicit CountingReader(int rows) : left_(rows) {}
  const std::vector<driver::ResultColumn>& columns() const override { return columns_; }
  bool read(RowBatch& batch, const driver::BatchLimits& limits) override {
    batch.reset(1);
    largest_request_ = std::max(largest_request_, limits.max_rows);
    for (int i = 0; i < 3 && left_ > 0 && batch.rows() < limits.max_rows; ++i, --left_) {
      batch.append_text(0, "0123456789");
      batch.end_row();
    }
    return !batch.empty();
  }
  std::uint64_t affected_rows() const override { return 0; }
  std::size_t largest_request() const { return largest_request_; }

 private:
  int left_;
  std::size_t largest_request_ = 0;
  std::vector<driver::ResultColumn> columns_{{"a", "TEXT"}};
};

TEST(CollectRows, LooksAtOneRowMoreAndNoFurther) {
  CountingReader ten(10);
  const RowsJson exact = collect_rows(ten, {.rows = 10});
  EXPECT_EQ(exact.rows.size(), 10U);
  EXPECT_FALSE(exact.truncated);
  CountingReader eleven(11);
  const RowsJson cut = collect_rows(eleven, {.rows = 10});
  EXPECT_EQ(cut.rows.size(), 10U);
  EXPECT_TRUE(cut.truncated);
  EXPECT_FALSE(cut.cut_by_size);
  EXPECT_EQ(eleven.largest_request(), 11U);
}

TEST(CollectRows, EndsAtItsBytesButTakesOneRow) {
  CountingReader many(100);
  const RowsJson some = collect_rows(many, {.rows = 100, .bytes = 50});
  EXPECT_EQ(some.rows.size(), 3U);
  EXPECT_TRUE(some.truncated);
  EXPECT_TRUE(some.cut_by_size);
  CountingReader one(1);
  const RowsJson whole = collect_rows(one, {.rows = 100, .bytes = 1});
  EXPECT_EQ(whole.rows.size(), 1U);
  EXPECT_FALSE(whole.truncated);
}

}  // namespace
}  // namespace crossload::tools
