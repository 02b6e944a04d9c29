#include "fault_driver.h"

#include <algorithm>
#include <type_traits>
#include <utility>

namespace crossload::testing {
namespace {

using namespace driver;
using Plan = std::shared_ptr<FaultPlan>;

class FaultReader : public RowReader {
 public:
  FaultReader(std::unique_ptr<RowReader> inner, Plan plan)
      : inner_(std::move(inner)), plan_(std::move(plan)) {}
  const std::vector<ResultColumn>& columns() const override { return inner_->columns(); }
  bool read(RowBatch& batch, const BatchLimits& limits) override {
    bool more = false;
    plan_->run(DriverCall::kRead, [&] { more = inner_->read(batch, limits); });
    return more;
  }
  std::uint64_t affected_rows() const override { return inner_->affected_rows(); }

 private:
  std::unique_ptr<RowReader> inner_;
  Plan plan_;
};

class FaultWriter : public RowWriter {
 public:
  FaultWriter(std::unique_ptr<RowWriter> inner, Plan plan)
      : inner_(std::move(inner)), plan_(std::move(plan)) {}
  WriteOutcome write(const RowBatch& batch, std::size_t first, std::size_t last) override {
    WriteOutcome outcome;
    plan_->run(DriverCall::kWrite, [&] { outcome = inner_->write(batch, first, last); });
    return outcome;
  }

 private:
  std::unique_ptr<RowWriter> inner_;
  Plan plan_;
};

class FaultTransaction : public Transaction {
 public:
  FaultTransaction(std::unique_ptr<Transaction> inner, Plan plan)
      : inner_(std::move(inner)), plan_(std::move(plan)) {}
  void commit() override {
    plan_->run(DriverCall::kCommit, [&] { inner_->commit(); });
  }

 private:
  std::unique_ptr<Transaction> inner_;
  Plan plan_;
};

class FaultLoadSession : public LoadSession {
 public:
  FaultLoadSession(std::unique_ptr<LoadSession> inner, Plan plan)
      : inner_(std::move(inner)), plan_(std::move(plan)) {}
  void empty_table(const TableName& table) override {
    plan_->run(DriverCall::kEmptyTable, [&] { inner_->empty_table(table); });
  }
  void advance_identity(const Table& table, std::optional<std::int64_t> at_least) override {
    plan_->run(DriverCall::kAdvanceIdentity, [&] { inner_->advance_identity(table, at_least); });
  }
  FkReport check_foreign_keys(const std::vector<TableName>& tables,
                              const std::function<void(const FkOrphan&)>& found) override {
    FkReport report;
    plan_->run(DriverCall::kCheckForeignKeys,
               [&] { report = inner_->check_foreign_keys(tables, found); });
    return report;
  }
  void finish() override {
    plan_->run(DriverCall::kFinish, [&] { inner_->finish(); });
  }

 private:
  std::unique_ptr<LoadSession> inner_;
  Plan plan_;
};

class FaultCatalog : public Catalog {
 public:
  FaultCatalog(Catalog& inner, Plan plan) : inner_(inner), plan_(std::move(plan)) {}
  std::vector<TableSummary> list_tables(const std::string& schema) override {
    return run([&] { return inner_.list_tables(schema); });
  }
  TableName find(std::string_view text) override {
    return run([&] { return inner_.find(text); });
  }
  Table describe(const TableName& table) override {
    return run([&] { return inner_.describe(table); });
  }
  std::vector<ForeignKey> incoming_foreign_keys(const TableName& table) override {
    return run([&] { return inner_.incoming_foreign_keys(table); });
  }
  Schema load_schema() override {
    return run([&] { return inner_.load_schema(); });
  }
  std::uint64_t count_rows(const TableName& table) override {
    return run([&] { return inner_.count_rows(table); });
  }
  std::optional<ResumeKey> resume_key(const Table& table) override {
    return run([&] { return inner_.resume_key(table); });
  }
  std::optional<std::int64_t> last_identity(const TableName& table) override {
    return run([&] { return inner_.last_identity(table); });
  }
  std::string fingerprint() override {
    return run([&] { return inner_.fingerprint(); });
  }
  std::vector<DatabaseSetting> database_settings() override {
    return run([&] { return inner_.database_settings(); });
  }

 private:
  template <typename Function>
  std::invoke_result_t<Function> run(const Function& function) {
    std::invoke_result_t<Function> result;
    plan_->run(DriverCall::kCatalog, [&] { result = function(); });
    return result;
  }

  Catalog& inner_;
  Plan plan_;
};

class FaultConnection : public Connection {
 public:
  FaultConnection(std::unique_ptr<Connection> inner, const Plan& plan)
      : inner_(std::move(inner)), plan_(plan), catalog_(inner_->catalog(), plan) {}
  const ServerInfo& server() const override { return inner_->server(); }
  Catalog& catalog() override { return catalog_; }
  std::unique_ptr<RowReader> read_table(const ReadRequest& request) override {
    return wrap<FaultReader>(DriverCall::kReadTable, [&] { return inner_->read_table(request); });
  }
  std::unique_ptr<RowWriter> write_table(const WriteRequest& request) override {
    return wrap<FaultWriter>(DriverCall::kWriteTable, [&] { return inner_->write_table(request); });
  }
  std::unique_ptr<RowReader> query(std::string_view sql,
                                   const std::vector<Value>& parameters) override {
    return wrap<FaultReader>(DriverCall::kQuery, [&] { return inner_->query(sql, parameters); });
  }
  std::unique_ptr<Transaction> begin(TransactionMode mode) override {
    return wrap<FaultTransaction>(DriverCall::kBegin, [&] { return inner_->begin(mode); });
  }
  std::unique_ptr<LoadSession> prepare_load(const LoadOptions& options) override {
    return wrap<FaultLoadSession>(DriverCall::kPrepareLoad,
                                  [&] { return inner_->prepare_load(options); });
  }
  void cancel() noexcept override { inner_->cancel(); }

 private:
  template <typename Wrapper, typename Function>
  std::unique_ptr<Wrapper> wrap(DriverCall kind, const Function& function) {
    decltype(function()) made;
    plan_->run(kind, [&] { made = function(); });
    return std::make_unique<Wrapper>(std::move(made), plan_);
  }

  std::unique_ptr<Connection> inner_;
  Plan plan_;
  FaultCatalog catalog_;
};

}  // namespace

void FaultPlan::fail_call(std::size_t n, FaultMode mode, std::optional<DriverCall> only) {
  const std::lock_guard lock(mutex_);
  left_ = n;
  mode_ = mode;
  only_ = only;
  fired_ = false;
  dead_ = false;
}

void FaultPlan::clear() {
  fail_call(0);
}

std::size_t FaultPlan::calls() const {
  const std::lock_guard lock(mutex_);
  return log_.size();
}

std::size_t FaultPlan::calls(DriverCall kind) const {
  const std::lock_guard lock(mutex_);
  return static_cast<std::size_t>(std::count(log_.begin(), log_.end(), kind));
}

bool FaultPlan::fired() const {
  const std::lock_guard lock(mutex_);
  return fired_;
}

std::optional<FaultMode> FaultPlan::due(DriverCall kind) {
  const std::lock_guard lock(mutex_);
  log_.push_back(kind);
  if (dead_) return FaultMode::kDead;
  if (left_ == 0 || (only_ && *only_ != kind) || --left_ > 0) return std::nullopt;
  fired_ = true;
  dead_ = mode_ == FaultMode::kDead;
  return mode_;
}

void FaultPlan::run(DriverCall kind, const std::function<void()>& call) {
  const std::optional<FaultMode> fault = due(kind);
  if (!fault || *fault == FaultMode::kAfter) call();
  if (fault) {
    throw Error(ErrorCode::kConnectionFailed, "injected fault").retryable(true);
  }
}

std::unique_ptr<Connection> FaultDriver::connect(const Endpoint& endpoint, const Database& database,
                                                 const ConnectOptions& options) {
  std::unique_ptr<Connection> made;
  plan_->run(DriverCall::kConnect, [&] { made = inner_.connect(endpoint, database, options); });
  return std::make_unique<FaultConnection>(std::move(made), plan_);
}

}  // namespace crossload::testing
