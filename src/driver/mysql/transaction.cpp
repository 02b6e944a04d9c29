#include "transaction.h"

namespace crossload::driver::mysql {

MysqlTransaction::MysqlTransaction(Session& session, TransactionMode mode) : session_(session) {
  session_.start_operation();
  if (session_.in_transaction()) {
    throw Error(ErrorCode::kInvalidArgument, "a transaction is open already");
  }
  if (mode == TransactionMode::kSnapshot) {
    session_.run("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
  } else if (session_.access() == Access::kReadOnly) {
    throw Error(ErrorCode::kAccessDenied, "the session is read-only")
        .suggest("give the profile \"access\": \"write\"");
  } else {
    session_.run("START TRANSACTION READ WRITE");
  }
  session_.set_in_transaction(true);
}

MysqlTransaction::~MysqlTransaction() {
  if (committed_) return;
  // Also where the server has undone it already: then there is nothing to undo.
  session_.run_quietly("ROLLBACK");
  session_.set_in_transaction(false);
}

void MysqlTransaction::commit() {
  session_.start_operation();
  // After a deadlock or a lost connection the server has undone everything by itself.
  if (!session_.in_transaction()) {
    throw Error(ErrorCode::kMigrationFailed,
                "the transaction is gone: the server undid it after an error");
  }
  session_.run("COMMIT");
  session_.set_in_transaction(false);
  committed_ = true;
}

}  // namespace crossload::driver::mysql
