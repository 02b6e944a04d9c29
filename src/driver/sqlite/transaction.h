#pragma once

#include "crossload/driver/driver.h"

#include "session.h"

namespace crossload::driver::sqlite {

class SqliteTransaction : public Transaction {
 public:
  SqliteTransaction(Session& session, TransactionMode mode);
  ~SqliteTransaction() override;
  SqliteTransaction(const SqliteTransaction&) = delete;
  SqliteTransaction& operator=(const SqliteTransaction&) = delete;

  void commit() override;

 private:
  Session& session_;
  bool committed_ = false;
};

}  // namespace crossload::driver::sqlite
