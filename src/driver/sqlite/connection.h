#pragma once

#include <filesystem>
#include <memory>

#include "crossload/driver/driver.h"

#include "catalog.h"
#include "session.h"

namespace crossload::driver::sqlite {

/// One session on a database file.
class SqliteConnection : public Connection {
 public:
  SqliteConnection(std::unique_ptr<Session> session, std::filesystem::path file);

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
  std::filesystem::path file_;
  SqliteCatalog catalog_;
  ServerInfo server_;
};

}  // namespace crossload::driver::sqlite
