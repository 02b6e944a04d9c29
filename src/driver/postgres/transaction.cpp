#include "transaction.h"

#include <string_view>

namespace crossload::driver::postgres {
namespace {

// BEGIN alone takes no snapshot; the first statement does.
constexpr const char* kBeginSnapshot = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY; SELECT 1";
constexpr const char* kBeginWrite = "BEGIN ISOLATION LEVEL READ COMMITTED, READ WRITE";

}  // namespace

PostgresTransaction::PostgresTransaction(Session& session, TransactionMode mode)
    : session_(session) {
  session_.start_operation();
  if (mode == TransactionMode::kWrite && session_.access() == Access::kReadOnly) {
    throw Error(ErrorCode::kAccessDenied, "the session is read-only")
        .suggest("use a profile with \"access\": \"write\"");
  }
  if (session_.in_transaction()) {
    throw Error(ErrorCode::kInvalidArgument, "a transaction is open on the session already");
  }
  try {
    session_.run(mode == TransactionMode::kWrite ? kBeginWrite : kBeginSnapshot);
  } catch (...) {
    session_.run_quietly("ROLLBACK");
    throw;
  }
  session_.set_own_transaction(true);
}

PostgresTransaction::~PostgresTransaction() {
  if (committed_) return;
  session_.give_up_stream();
  session_.set_own_transaction(false);
  if (session_.in_transaction()) session_.run_quietly("ROLLBACK");
}

void PostgresTransaction::commit() {
  session_.start_operation();
  const bool open = session_.in_transaction();
  const ResultHandle result = session_.run("COMMIT");
  committed_ = true;
  session_.set_own_transaction(false);
  // Without a transaction COMMIT does nothing, and one that failed before is rolled back: neither
  // is an error to the server.
  if (!open || std::string_view(PQcmdStatus(result.get())) != "COMMIT") {
    throw Error(ErrorCode::kMigrationFailed,
                "the transaction is gone: the server undid it after an error");
  }
}

}  // namespace crossload::driver::postgres
