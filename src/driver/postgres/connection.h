#pragma once

#include <memory>

#include "crossload/driver/driver.h"

#include "catalog.h"
#include "session.h"

namespace crossload::driver::postgres {

/// One session on a server.
class PostgresConnection : public Connection {
 public:
  PostgresConnection(std::unique_ptr<Session> session, ServerInfo server);

  const ServerInfo& server() const override { return server_; }
  Catalog& catalog() override { return catalog_; }
  std::unique_ptr<RowReader> read_table(const ReadRequest& request) override;
  std::unique_ptr<RowWriter> write_table(const WriteRequest& request) override;
  std::unique_ptr<RowReader> query(std::string_view sql,
                                   const std::vector<Value>& parameters) override;
  std::unique_ptr<Transaction> begin(TransactionMode mode) override;
  bool in_transaction() const override { return session_->in_transaction(); }
  std::unique_ptr<LoadSession> prepare_load(const LoadOptions& options) override;
  void cancel() noexcept override { session_->cancel(); }

 private:
  std::unique_ptr<Session> session_;
  ServerInfo server_;
  PostgresCatalog catalog_;
};

}  // namespace crossload::driver::postgres
