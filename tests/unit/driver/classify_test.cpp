#include "classify.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

namespace crossload::driver::sqlite {
namespace {

struct Case {
  int code;
  ErrorCode meaning;
  bool retryable;
  std::string_view reject_code;
};

class ClassifySqlite : public ::testing::TestWithParam<Case> {};

TEST_P(ClassifySqlite, TellsWhatACodeMeans) {
  const Classified classified = classify(GetParam().code);
  EXPECT_EQ(classified.code, GetParam().meaning);
  EXPECT_EQ(classified.retryable, GetParam().retryable);
  EXPECT_EQ(classified.reject_code, GetParam().reject_code);
  EXPECT_EQ(classified.row_fault(), !GetParam().reject_code.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Codes, ClassifySqlite,
    ::testing::Values(Case{SQLITE_ERROR, ErrorCode::kSqlError, false, ""},
                      Case{SQLITE_CONSTRAINT_NOTNULL, ErrorCode::kSqlError, false, "not_null"},
                      Case{SQLITE_CONSTRAINT_UNIQUE, ErrorCode::kSqlError, false, "unique"},
                      Case{SQLITE_CONSTRAINT_PRIMARYKEY, ErrorCode::kSqlError, false, "unique"},
                      Case{SQLITE_CONSTRAINT_ROWID, ErrorCode::kSqlError, false, "unique"},
                      Case{SQLITE_CONSTRAINT_CHECK, ErrorCode::kSqlError, false, "check"},
                      Case{SQLITE_CONSTRAINT_FOREIGNKEY, ErrorCode::kFkViolation, false,
                           "foreign_key"},
                      Case{SQLITE_CONSTRAINT_DATATYPE, ErrorCode::kSqlError, false, "datatype"},
                      Case{SQLITE_CONSTRAINT_TRIGGER, ErrorCode::kSqlError, false, "trigger"},
                      Case{SQLITE_CONSTRAINT_VTAB, ErrorCode::kSqlError, false, "constraint"},
                      Case{SQLITE_MISMATCH, ErrorCode::kSqlError, false, "datatype"},
                      Case{SQLITE_TOOBIG, ErrorCode::kSqlError, false, "too_big"},
                      Case{SQLITE_BUSY, ErrorCode::kSqlError, true, ""},
                      Case{SQLITE_BUSY_SNAPSHOT, ErrorCode::kSqlError, true, ""},
                      Case{SQLITE_BUSY_RECOVERY, ErrorCode::kSqlError, true, ""},
                      Case{SQLITE_LOCKED, ErrorCode::kSqlError, true, ""},
                      Case{SQLITE_PROTOCOL, ErrorCode::kSqlError, true, ""},
                      Case{SQLITE_READONLY, ErrorCode::kAccessDenied, false, ""},
                      Case{SQLITE_READONLY_ROLLBACK, ErrorCode::kAccessDenied, false, ""},
                      Case{SQLITE_READONLY_DIRECTORY, ErrorCode::kAccessDenied, false, ""},
                      Case{SQLITE_PERM, ErrorCode::kAccessDenied, false, ""},
                      Case{SQLITE_AUTH, ErrorCode::kAccessDenied, false, ""},
                      Case{SQLITE_INTERRUPT, ErrorCode::kCancelled, false, ""},
                      Case{SQLITE_CANTOPEN, ErrorCode::kConnectionFailed, false, ""},
                      Case{SQLITE_CANTOPEN_ISDIR, ErrorCode::kConnectionFailed, false, ""},
                      Case{SQLITE_NOTADB, ErrorCode::kConnectionFailed, false, ""},
                      Case{SQLITE_CORRUPT, ErrorCode::kSqlError, false, ""},
                      Case{SQLITE_FULL, ErrorCode::kSqlError, false, ""},
                      Case{SQLITE_IOERR_WRITE, ErrorCode::kSqlError, false, ""},
                      Case{SQLITE_IOERR_FSYNC, ErrorCode::kSqlError, false, ""},
                      Case{SQLITE_NOMEM, ErrorCode::kSqlError, true, ""}));

TEST(ClassifySqlite, SaysWhatToDoWhereTheCauseIsOutside) {
  for (const int code : {SQLITE_BUSY, SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN, SQLITE_NOTADB,
                         SQLITE_CORRUPT, SQLITE_FULL, SQLITE_IOERR}) {
    EXPECT_FALSE(make_error(code, "m").suggestions().empty()) << code;
  }
  EXPECT_NE(classify(SQLITE_READONLY).suggestion, classify(SQLITE_READONLY_ROLLBACK).suggestion);
}

TEST(ClassifySqlite, KeepsTheMessageAndTheCode) {
  const Error error = make_error(SQLITE_CONSTRAINT_UNIQUE, "UNIQUE constraint failed: t.a");
  EXPECT_EQ(error.message(), "UNIQUE constraint failed: t.a");
  EXPECT_EQ(error.vendor_code(), SQLITE_CONSTRAINT_UNIQUE);
  EXPECT_EQ(error.sqlstate(), "");
}

TEST(ColumnInMessage, IsTheOneThatAConstraintNames) {
  EXPECT_EQ(column_in_message("NOT NULL constraint failed: t.a", "t"), "a");
  EXPECT_EQ(column_in_message("UNIQUE constraint failed: t.a", "t"), "a");
  EXPECT_EQ(column_in_message("NOT NULL constraint failed: my.table.a.b", "my.table"), "a.b");
  EXPECT_EQ(column_in_message("cannot store TEXT value in INTEGER column t.a", "t"), "a");
}

TEST(ColumnInMessage, IsEmptyWhereThereIsNoneOrSeveral) {
  EXPECT_EQ(column_in_message("UNIQUE constraint failed: t.a, t.b", "t"), "");
  EXPECT_EQ(column_in_message("UNIQUE constraint failed: index 'i'", "t"), "");
  EXPECT_EQ(column_in_message("CHECK constraint failed: a > 0", "t"), "");
  EXPECT_EQ(column_in_message("datatype mismatch", "t"), "");
  EXPECT_EQ(column_in_message("NOT NULL constraint failed: other.a", "t"), "");
}

}  // namespace
}  // namespace crossload::driver::sqlite
