#include "column_type.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "byte_default.h"
#include "result_form.h"

namespace crossload::driver::mysql {
namespace {

using ::testing::ElementsAre;

ColumnRow row_of(const std::string& data_type, const std::string& column_type) {
  ColumnRow row;
  row.data_type = data_type;
  row.column_type = column_type;
  return row;
}

TEST(MysqlColumnType, ReadsLabelsExactly) {
  EXPECT_THAT(labels_of("enum('a,b','it''s','',' x ')"), ElementsAre("a,b", "it's", "", " x "));
  EXPECT_THAT(labels_of("set('back\\\\slash','q\"t')"), ElementsAre("back\\slash", "q\"t"));
  EXPECT_THAT(labels_of("enum('''','''''')"), ElementsAre("'", "''"));
}

TEST(MysqlColumnType, PrintsDefaultsInEachServersWay) {
  ColumnRow text = row_of("varchar", "varchar(20)");
  text.default_text = "it's";
  EXPECT_EQ(default_sql_of(text, type_of(text), false), "'it''s'");
  text.default_text = "'it''s'";
  EXPECT_EQ(default_sql_of(text, type_of(text), true), "'it''s'");
  text.default_text = "NULL";
  EXPECT_EQ(default_sql_of(text, type_of(text), false), "'NULL'");
  EXPECT_EQ(default_sql_of(text, type_of(text), true), std::nullopt);
  ColumnRow expression = row_of("varchar", "varchar(40)");
  expression.extra = "DEFAULT_GENERATED";
  expression.default_text = "concat(_utf8mb4\\'a\\',uuid())";
  EXPECT_EQ(default_sql_of(expression, type_of(expression), false), "(concat(_utf8mb4'a',uuid()))");
  ColumnRow now = row_of("datetime", "datetime(3)");
  now.extra = "DEFAULT_GENERATED on update CURRENT_TIMESTAMP(3)";
  now.default_text = "CURRENT_TIMESTAMP(3)";
  EXPECT_EQ(default_sql_of(now, type_of(now), false), "CURRENT_TIMESTAMP(3)");
  EXPECT_EQ(on_update_of(now.extra), "CURRENT_TIMESTAMP(3)");
  ColumnRow bits = row_of("bit", "bit(3)");
  bits.default_text = "b'101'";
  EXPECT_EQ(default_sql_of(bits, type_of(bits), false), "b'101'");
}

TEST(MysqlColumnType, ReadsDefaultsOfBytesFromTheTablesText) {
  const std::string text =
      "CREATE TABLE `t` (\n  `a` varbinary(10) DEFAULT 0x00FF,\n  `b` binary(4) NOT NULL DEFAULT "
      "'a''\\0\\0' COMMENT 'x DEFAULT 1',\n  `c` blob COMMENT ' DEFAULT ''y''',\n  `d` "
      "varbinary(3) DEFAULT '\xFF',\n  `e` varbinary(3) DEFAULT '',\n  `f` blob DEFAULT "
      "(unhex(_utf8mb4'00'))\n) ENGINE=InnoDB";
  EXPECT_EQ(byte_default_of(text, "a"), "0x00FF");
  EXPECT_EQ(byte_default_of(text, "b"), "0x61270000");
  EXPECT_EQ(byte_default_of(text, "c"), std::nullopt);
  EXPECT_EQ(byte_default_of(text, "d"), "0xFF");
  EXPECT_EQ(byte_default_of(text, "e"), "x''");
  EXPECT_EQ(byte_default_of(text, "f"), std::nullopt);
}

TEST(MysqlColumnType, KnowsMariadbsJson) {
  EXPECT_EQ(json_check_column("json_valid(`a`)"), "a");
  EXPECT_EQ(json_check_column("json_valid(`a``b`)"), "a`b");
  EXPECT_EQ(json_check_column("json_valid(`a`) and `a` <> ''"), "");
  EXPECT_EQ(json_check_column("json_valid(`a`) or json_valid(`b`)"), "");
}

TEST(MysqlResultForm, FormatsTimesAsTheServerPrintsThem) {
  MYSQL_TIME time = {};
  time.hour = 22;
  time.day = 34;
  time.minute = 59;
  time.second = 59;
  time.second_part = 500'000;
  time.neg = true;
  std::string text;
  format_temporal(time, {Form::kTime, 1}, text);
  EXPECT_EQ(text, "-838:59:59.5");
  text.clear();
  format_temporal({}, {Form::kTimestamp, 3}, text);
  EXPECT_EQ(text, "0000-00-00 00:00:00.000");
  text.clear();
  format_temporal({}, {Form::kDate}, text);
  EXPECT_EQ(text, "0000-00-00");
  text.clear();
  MYSQL_TIME moment = {};
  moment.year = 2020;
  moment.month = 12;
  moment.day = 31;
  moment.second_part = 5;
  format_temporal(moment, {Form::kTimestampTz, 31}, text);
  EXPECT_EQ(text, "2020-12-31 00:00:00.000005+00");
}

TEST(MysqlResultForm, FormatsAsManyBitsAsTheColumnHas) {
  const unsigned char bytes[] = {0x0a, 0xaa};
  std::string text;
  format_bits(bytes, 2, 12, text);
  EXPECT_EQ(text, "101010101010");
  text.clear();
  format_bits(bytes, 1, 3, text);
  EXPECT_EQ(text, "010");
}

}  // namespace
}  // namespace crossload::driver::mysql
