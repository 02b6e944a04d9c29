#pragma once

#include "crossload/driver/driver.h"

#include "session.h"

namespace crossload::driver::postgres {

class PostgresTransaction : public Transaction {
 public:
  PostgresTransaction(Session& session, TransactionMode mode);
  ~PostgresTransaction() override;
  PostgresTransaction(const PostgresTransaction&) = delete;
  PostgresTransaction& operator=(const PostgresTransaction&) = delete;

  void commit() override;

 private:
  Session& session_;
  bool committed_ = false;
};

}  // namespace crossload::driver::postgres
