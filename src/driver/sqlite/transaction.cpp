#include "transaction.h"

#include "own_query.h"
#include "queries.h"

namespace crossload::driver::sqlite {

SqliteTransaction::SqliteTransaction(Session& session, TransactionMode mode) : session_(session) {
  session_.start_operation();
  if (mode == TransactionMode::kWrite) {
    session_.run("BEGIN IMMEDIATE");
    return;
  }
  session_.run("BEGIN");
  try {
    // BEGIN alone takes no snapshot; the first read does.
    ask_number(session_, queries::kReadSchema);
  } catch (...) {
    session_.run_quietly("ROLLBACK");
    throw;
  }
}

SqliteTransaction::~SqliteTransaction() {
  if (!committed_ && session_.in_transaction()) session_.run_quietly("ROLLBACK");
}

void SqliteTransaction::commit() {
  session_.start_operation();
  // After some errors (disk full, I/O) SQLite has undone everything by itself.
  if (!session_.in_transaction()) {
    throw Error(ErrorCode::kMigrationFailed,
                "the transaction is gone: SQLite undid it after an error");
  }
  session_.run("COMMIT");
  committed_ = true;
}

}  // namespace crossload::driver::sqlite
