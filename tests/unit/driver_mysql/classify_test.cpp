#include "classify.h"

#include <gtest/gtest.h>

namespace crossload::driver::mysql {
namespace {

struct Case {
  unsigned int number;
  const char* sqlstate;
  ErrorCode code;
  const char* reject;
  bool retryable;
};

constexpr Case kCases[] = {
    {1048, "23000", ErrorCode::kSqlError, "not_null", false},
    {1364, "HY000", ErrorCode::kSqlError, "not_null", false},
    {1062, "23000", ErrorCode::kSqlError, "unique", false},
    {1586, "23000", ErrorCode::kSqlError, "unique", false},
    {3819, "HY000", ErrorCode::kSqlError, "check", false},
    {4025, "23000", ErrorCode::kSqlError, "check", false},
    {1452, "23000", ErrorCode::kFkViolation, "foreign_key", false},
    {1216, "23000", ErrorCode::kFkViolation, "foreign_key", false},
    {1366, "22007", ErrorCode::kSqlError, "datatype", false},
    {1264, "22003", ErrorCode::kSqlError, "out_of_range", false},
    {1690, "22003", ErrorCode::kSqlError, "out_of_range", false},
    {1406, "22001", ErrorCode::kSqlError, "too_long", false},
    {1292, "22007", ErrorCode::kSqlError, "datetime", false},
    {1265, "01000", ErrorCode::kSqlError, "truncated", false},
    {3140, "22032", ErrorCode::kSqlError, "json", false},
    {1300, "HY000", ErrorCode::kSqlError, "invalid_utf8", false},
    {1153, "08S01", ErrorCode::kSqlError, "packet", false},
    {1906, "HY000", ErrorCode::kSqlError, "generated", false},
    {3105, "HY000", ErrorCode::kSqlError, "generated", false},
    {1416, "22003", ErrorCode::kSqlError, "spatial", false},
    {1644, "45000", ErrorCode::kSqlError, "trigger", false},
    {30001, "45000", ErrorCode::kSqlError, "trigger", false},
    {1205, "HY000", ErrorCode::kSqlError, "", true},
    {1213, "40001", ErrorCode::kSqlError, "", true},
    {2006, "HY000", ErrorCode::kConnectionFailed, "", true},
    {2013, "HY000", ErrorCode::kConnectionFailed, "", true},
    {1040, "08004", ErrorCode::kConnectionFailed, "", true},
    {1158, "08S01", ErrorCode::kConnectionFailed, "", true},
    {2002, "HY000", ErrorCode::kConnectionFailed, "", true},
    {1317, "70100", ErrorCode::kCancelled, "", false},
    {3024, "HY000", ErrorCode::kCancelled, "", false},
    {1969, "70100", ErrorCode::kCancelled, "", false},
    {1114, "HY000", ErrorCode::kSqlError, "", false},
    {1290, "HY000", ErrorCode::kAccessDenied, "", false},
    {1792, "25006", ErrorCode::kAccessDenied, "", false},
    {1142, "42000", ErrorCode::kAccessDenied, "", false},
    {1044, "42000", ErrorCode::kAccessDenied, "", false},
    {1045, "28000", ErrorCode::kAccessDenied, "", false},
    {1146, "42S02", ErrorCode::kTableNotFound, "", false},
    {1049, "42000", ErrorCode::kDatabaseNotFound, "", false},
    {1064, "42000", ErrorCode::kSqlError, "", false},
};

TEST(MysqlClassify, KnowsWhatEachNumberMeans) {
  for (const Case& item : kCases) {
    SCOPED_TRACE(item.number);
    const Classified meaning = classify(item.number, item.sqlstate);
    EXPECT_EQ(meaning.code, item.code);
    EXPECT_EQ(meaning.reject_code, item.reject);
    EXPECT_EQ(meaning.retryable, item.retryable);
  }
}

TEST(MysqlClassify, TellsDatesFromOtherTypesByTheMessage) {
  EXPECT_EQ(
      reject_code("datetime", "Incorrect datetime value: '2020-13-01' for column `d`.`t`.`a`"),
      "datetime");
  EXPECT_EQ(reject_code("datetime", "Truncated incorrect time value: 'x'"), "datetime");
  EXPECT_EQ(reject_code("datetime", "Incorrect uuid value: 'Incorrect date value' for column `a`"),
            "datatype");
  EXPECT_EQ(reject_code("datetime", "Incorrect inet6 value: 'x' for column `a` at row 1"),
            "datatype");
  EXPECT_EQ(reject_code("datetime", "Truncated incorrect DECIMAL value: 'x'"), "datatype");
  EXPECT_EQ(reject_code("datetime", "Cannot convert"), "datetime");
  EXPECT_EQ(reject_code("unique", "Incorrect uuid value: 'x'"), "unique");
}

TEST(MysqlClassify, KnowsWhatTakesTheTransaction) {
  EXPECT_TRUE(classify(1213, "40001").transaction_lost);
  EXPECT_TRUE(classify(2013, "HY000").transaction_lost);
  EXPECT_FALSE(classify(1205, "HY000").transaction_lost) << "only the statement is undone";
  EXPECT_FALSE(classify(1062, "23000").transaction_lost);
}

TEST(MysqlClassify, TellsTheStatementsFaultFromTheServers) {
  for (const unsigned int fault : {1064U, 1054U, 1146U, 1062U, 1292U, 3140U, 1142U}) {
    EXPECT_TRUE(make_error(fault, "42000", "m").statements_fault()) << fault;
  }
  for (const unsigned int other : {1205U, 1213U, 2006U, 2013U, 1114U, 1040U, 1317U, 1021U}) {
    EXPECT_FALSE(make_error(other, "HY000", "m").statements_fault()) << other;
  }
}

TEST(MysqlClassify, ReadsTheRowThatAMessageNames) {
  EXPECT_EQ(row_in_message("Data too long for column 'a' at row 2"), 2U);
  EXPECT_EQ(row_in_message("Incorrect integer value: ' at row 9' for column 'a' at row 12"), 12U);
  EXPECT_EQ(row_in_message("Column 'n' cannot be null"), std::nullopt);
  EXPECT_EQ(row_in_message("x at row y"), std::nullopt);
}

TEST(MysqlClassify, ReadsTheColumnThatAMessageNames) {
  EXPECT_EQ(column_in_message("Data too long for column 'a' at row 2"), "a");
  EXPECT_EQ(column_in_message("Column 'n' cannot be null"), "n");
  EXPECT_EQ(column_in_message("Field 'f' doesn't have a default value"), "f");
  EXPECT_EQ(column_in_message("Incorrect integer value: 'for column 'x'' for column `d`.`t`.`b` "
                              "at row 1"),
            "b");
  EXPECT_EQ(column_in_message("Duplicate entry '1' for key 'PRIMARY'"), "");
}

TEST(MysqlClassify, ReadsTheKeyThatAMessageNames) {
  EXPECT_EQ(key_in_message("Duplicate entry 'a' for key 'u'"), "u");
  EXPECT_EQ(key_in_message("Duplicate entry 'for key 'x'' for key 't.u'"), "u");
  EXPECT_EQ(key_in_message("Data too long for column 'a' at row 2"), "");
}

}  // namespace
}  // namespace crossload::driver::mysql
