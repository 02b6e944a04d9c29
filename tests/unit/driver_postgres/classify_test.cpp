#include "classify.h"

#include <gtest/gtest.h>

namespace crossload::driver::postgres {
namespace {

struct Case {
  const char* state;
  ErrorCode code;
  const char* reject;
  bool retryable;
  bool statements_fault;
};

TEST(PostgresClassify, GivesEachStateItsMeaning) {
  for (const Case& one : {
           Case{"23502", ErrorCode::kSqlError, "not_null", false, true},
           Case{"23505", ErrorCode::kSqlError, "unique", false, true},
           Case{"23514", ErrorCode::kSqlError, "check", false, true},
           Case{"23503", ErrorCode::kFkViolation, "foreign_key", false, true},
           Case{"23P01", ErrorCode::kSqlError, "exclusion", false, true},
           Case{"23001", ErrorCode::kSqlError, "constraint", false, true},
           Case{"22P02", ErrorCode::kSqlError, "datatype", false, true},
           Case{"22003", ErrorCode::kSqlError, "out_of_range", false, true},
           Case{"22001", ErrorCode::kSqlError, "too_long", false, true},
           Case{"22026", ErrorCode::kSqlError, "too_long", false, true},
           Case{"22007", ErrorCode::kSqlError, "datetime", false, true},
           Case{"22008", ErrorCode::kSqlError, "datetime", false, true},
           Case{"22021", ErrorCode::kSqlError, "invalid_utf8", false, true},
           Case{"22P05", ErrorCode::kSqlError, "json", false, true},
           Case{"22012", ErrorCode::kSqlError, "datatype", false, true},
           Case{"54000", ErrorCode::kSqlError, "too_big", false, true},
           Case{"P0001", ErrorCode::kSqlError, "trigger", false, true},
           Case{"P0002", ErrorCode::kSqlError, "trigger", false, true},
           Case{"44000", ErrorCode::kSqlError, "check", false, true},
           Case{"40001", ErrorCode::kSqlError, "", true, false},
           Case{"40P01", ErrorCode::kSqlError, "", true, false},
           Case{"55P03", ErrorCode::kSqlError, "", true, false},
           Case{"57014", ErrorCode::kCancelled, "", false, false},
           Case{"08006", ErrorCode::kConnectionFailed, "", true, false},
           Case{"57P01", ErrorCode::kConnectionFailed, "", true, false},
           Case{"57P03", ErrorCode::kConnectionFailed, "", true, false},
           Case{"53300", ErrorCode::kConnectionFailed, "", true, false},
           Case{"53100", ErrorCode::kSqlError, "", false, false},
           Case{"28P01", ErrorCode::kConnectionFailed, "", false, false},
           Case{"3D000", ErrorCode::kConnectionFailed, "", false, false},
           Case{"25006", ErrorCode::kAccessDenied, "", false, true},
           Case{"42501", ErrorCode::kAccessDenied, "", false, true},
           Case{"42P01", ErrorCode::kSqlError, "", false, true},
           Case{"54011", ErrorCode::kSqlError, "", false, true},
           Case{"42601", ErrorCode::kSqlError, "", false, true},
           Case{"0A000", ErrorCode::kSqlError, "", false, true},
           Case{"XX000", ErrorCode::kSqlError, "", false, false},
           Case{"", ErrorCode::kSqlError, "", false, false},
       }) {
    const Classified found = classify(one.state);
    EXPECT_EQ(found.code, one.code) << one.state;
    EXPECT_EQ(found.reject_code, one.reject) << one.state;
    EXPECT_EQ(found.retryable, one.retryable) << one.state;
    const Error error = make_error(one.state, "said the server");
    EXPECT_EQ(error.statements_fault(), one.statements_fault) << one.state;
    EXPECT_EQ(error.sqlstate(), one.state);
    EXPECT_EQ(error.message(), "said the server");
  }
}

}  // namespace
}  // namespace crossload::driver::postgres
