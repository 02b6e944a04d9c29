#pragma once

#include "crossload/driver/driver.h"

#include "session.h"

namespace crossload::driver::mysql {

/// A transaction of a session; see driver::Transaction.
class MysqlTransaction : public Transaction {
 public:
  MysqlTransaction(Session& session, TransactionMode mode);
  ~MysqlTransaction() override;
  MysqlTransaction(const MysqlTransaction&) = delete;
  MysqlTransaction& operator=(const MysqlTransaction&) = delete;
  void commit() override;

 private:
  Session& session_;
  bool committed_ = false;
};

}  // namespace crossload::driver::mysql
