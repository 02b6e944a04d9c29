#include "statement_fault.h"

namespace crossload::copy {

// Source: sqlite.org/rescode.html, the primary codes in the low eight bits.
bool is_statements_fault(const Error& error) {
  constexpr int kSqliteError = 1;
  constexpr int kSqliteTooBig = 18;
  constexpr int kSqliteConstraint = 19;
  constexpr int kSqliteMismatch = 20;
  constexpr int kSqliteAuth = 23;
  switch (error.vendor_code() & 0xff) {
    case 0:  // The driver's own check: several statements in one text.
      return error.code() == ErrorCode::kInvalidArgument;
    case kSqliteError:
    case kSqliteTooBig:
    case kSqliteConstraint:
    case kSqliteMismatch:
    case kSqliteAuth:
      return true;
    default:
      return false;
  }
}

}  // namespace crossload::copy
