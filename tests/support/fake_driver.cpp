#include "fake_driver.h"

#include <algorithm>
#include <atomic>

#include "crossload/base/strings.h"

namespace crossload::testing {
namespace {

using namespace driver;

Error table_not_found(std::string_view name, const std::map<std::string, FakeTable>& tables) {
  std::vector<std::string> names;
  for (const auto& [known, table] : tables) names.push_back(known);
  return Error(ErrorCode::kTableNotFound, "there is no table " + std::string(name))
      .candidates(nearest_names(name, names));
}

FakeTable& table_in(std::map<std::string, FakeTable>& tables, std::string_view name) {
  for (auto& [known, table] : tables) {
    if (ascii_iequals(known, name)) return table;
  }
  throw table_not_found(name, tables);
}

FakeTable& table_of(FakeDatabase& database, std::string_view name) {
  return table_in(database.tables, name);
}

std::size_t position_of(const Table& table, const std::string& column) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (ascii_iequals(table.columns[i].name, column)) return i;
  }
  throw Error(ErrorCode::kSqlError, "no such column: " + column);
}

std::vector<std::size_t> positions_of(const Table& table, const std::vector<std::string>& columns) {
  std::vector<std::size_t> positions;
  for (const std::string& column : columns) positions.push_back(position_of(table, column));
  return positions;
}

std::vector<Value> pick(const FakeRow& row, const std::vector<std::size_t>& positions) {
  std::vector<Value> values;
  for (const std::size_t position : positions) values.push_back(row[position]);
  return values;
}

bool has_null(const std::vector<Value>& values) {
  return std::any_of(values.begin(), values.end(), [](const Value& value) {
    return std::holds_alternative<std::monostate>(value);
  });
}

bool less(const Value& a, const Value& b) {
  if (a.index() != b.index()) return a.index() < b.index();
  if (const auto* bytes = std::get_if<Bytes>(&a)) return bytes->data < std::get<Bytes>(b).data;
  if (const auto* text = std::get_if<std::string>(&a)) return *text < std::get<std::string>(b);
  if (const auto* number = std::get_if<std::int64_t>(&a))
    return *number < std::get<std::int64_t>(b);
  if (const auto* number = std::get_if<std::uint64_t>(&a)) {
    return *number < std::get<std::uint64_t>(b);
  }
  if (const auto* number = std::get_if<double>(&a)) return *number < std::get<double>(b);
  return false;
}

bool key_less(const std::vector<Value>& a, const std::vector<Value>& b) {
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), less);
}

// What the sessions of one connection share.
struct FakeState {
  FakeDatabase* database = nullptr;
  Access access = Access::kReadOnly;
  std::atomic<bool> cancelled{false};
  bool in_transaction = false;
  std::optional<std::map<std::string, FakeTable>> snapshot;

  void start_operation() {
    if (cancelled.exchange(false)) throw Error(ErrorCode::kCancelled, "cancelled");
  }
  void need_write() const {
    if (access == Access::kReadOnly) {
      throw Error(ErrorCode::kAccessDenied, "the session is read-only");
    }
  }
};

class FakeReader : public RowReader {
 public:
  FakeReader(FakeState& state, std::vector<ResultColumn> columns, std::vector<FakeRow> rows)
      : state_(state), columns_(std::move(columns)), rows_(std::move(rows)) {}
  const std::vector<ResultColumn>& columns() const override { return columns_; }
  bool read(RowBatch& batch, const BatchLimits& limits) override {
    state_.start_operation();
    batch.reset(columns_.size());
    while (at_ < rows_.size() && batch.rows() < limits.max_rows &&
           batch.bytes() < limits.max_bytes) {
      for (std::size_t i = 0; i < columns_.size(); ++i) batch.append(i, rows_[at_][i]);
      batch.end_row();
      ++at_;
    }
    return !batch.empty();
  }
  std::uint64_t affected_rows() const override { return 0; }

 private:
  FakeState& state_;
  std::vector<ResultColumn> columns_;
  std::vector<FakeRow> rows_;
  std::size_t at_ = 0;
};

class FakeWriter : public RowWriter {
 public:
  FakeWriter(FakeState& state, WriteRequest request)
      : state_(state), request_(std::move(request)), table_(request_.table) {
    columns_ = positions_of(table_, request_.columns);
    if (!table_.primary_key.empty()) uniques_.push_back(positions_of(table_, table_.primary_key));
    for (const Index& index : table_.indexes) {
      std::vector<std::string> names;
      for (const IndexPart& part : index.parts) names.push_back(part.column);
      if (index.unique) uniques_.push_back(positions_of(table_, names));
    }
    conflict_ = positions_of(table_, request_.conflict_key);
  }

  WriteOutcome write(const RowBatch& batch, std::size_t first, std::size_t last) override {
    state_.start_operation();
    if (!state_.in_transaction) {
      throw Error(ErrorCode::kMigrationFailed, "no transaction is open");
    }
    const std::lock_guard lock(state_.database->mutex);
    WriteOutcome outcome;
    FakeTable& table = table_of(*state_.database, table_.name.name);
    for (std::size_t row = first; row < last && !outcome.failure; ++row) {
      write_row(table, batch, row, outcome);
      if (!outcome.failure) ++outcome.rows_done;
    }
    return outcome;
  }

 private:
  void write_row(FakeTable& table, const RowBatch& batch, std::size_t row, WriteOutcome& outcome) {
    FakeRow values(table_.columns.size());
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      values[columns_[i]] = batch.value(row, request_.cell(i));
    }
    if (refuse_null(values, row, outcome)) return;
    for (const std::vector<std::size_t>& unique : uniques_) {
      const std::vector<Value> key = pick(values, unique);
      FakeRow* existing = has_null(key) ? nullptr : find(table, unique, key);
      if (existing == nullptr) continue;
      if (request_.on_conflict == ConflictMode::kError || unique != conflict_) {
        return refuse(row, "unique", table_.columns[unique.front()].name, outcome);
      }
      if (request_.on_conflict == ConflictMode::kSkip) {
        ++outcome.skipped;
      } else {
        for (const std::size_t column : columns_) (*existing)[column] = values[column];
        ++outcome.written;
      }
      return;
    }
    table.rows.push_back(std::move(values));
    ++outcome.written;
  }

  bool refuse_null(const FakeRow& values, std::size_t row, WriteOutcome& outcome) const {
    for (std::size_t i = 0; i < values.size(); ++i) {
      const Column& column = table_.columns[i];
      if (column.nullable || !std::holds_alternative<std::monostate>(values[i])) continue;
      refuse(row, "not_null", column.name, outcome);
      return true;
    }
    return false;
  }

  static void refuse(std::size_t row, const char* code, const std::string& column,
                     WriteOutcome& outcome) {
    outcome.failure =
        WriteFailure{row,
                     row + 1,
                     code,
                     column,
                     Error(ErrorCode::kSqlError, std::string(code) + " failed: " + column),
                     false};
  }

  static FakeRow* find(FakeTable& table, const std::vector<std::size_t>& columns,
                       const std::vector<Value>& key) {
    for (FakeRow& row : table.rows) {
      if (pick(row, columns) == key) return &row;
    }
    return nullptr;
  }

  FakeState& state_;
  WriteRequest request_;
  Table table_;
  std::vector<std::size_t> columns_;
  std::vector<std::vector<std::size_t>> uniques_;
  std::vector<std::size_t> conflict_;
};

class FakeTransaction : public Transaction {
 public:
  FakeTransaction(FakeState& state, TransactionMode mode) : state_(state), mode_(mode) {
    state_.start_operation();
    const std::lock_guard lock(state_.database->mutex);
    if (mode == TransactionMode::kWrite) {
      state_.need_write();
      if (state_.database->being_written) {
        throw Error(ErrorCode::kSqlError, "database is locked").retryable(true);
      }
      state_.database->being_written = true;
      before_ = state_.database->tables;
    } else {
      state_.snapshot = state_.database->tables;
    }
    state_.in_transaction = true;
  }
  ~FakeTransaction() override {
    if (done_) return;
    const std::lock_guard lock(state_.database->mutex);
    if (mode_ == TransactionMode::kWrite) state_.database->tables = std::move(before_);
    end();
  }
  void commit() override {
    state_.start_operation();
    const std::lock_guard lock(state_.database->mutex);
    if (mode_ == TransactionMode::kWrite) ++state_.database->version;
    end();
    done_ = true;
  }

 private:
  void end() {
    if (mode_ == TransactionMode::kWrite) state_.database->being_written = false;
    state_.in_transaction = false;
    state_.snapshot.reset();
  }

  FakeState& state_;
  TransactionMode mode_;
  std::map<std::string, FakeTable> before_;
  bool done_ = false;
};

class FakeLoadSession : public LoadSession {
 public:
  explicit FakeLoadSession(FakeState& state) : state_(state) {}
  void empty_table(const TableName& table) override {
    const std::lock_guard lock(state_.database->mutex);
    table_of(*state_.database, table.name).rows.clear();
  }
  void advance_identity(const Table& table, std::optional<std::int64_t> at_least) override {
    const std::lock_guard lock(state_.database->mutex);
    FakeTable& fake = table_of(*state_.database, table.name.name);
    fake.last_identity = std::max(fake.last_identity, at_least.value_or(0));
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      if (table.columns[i].identity == IdentityKind::kNone) continue;
      for (const FakeRow& row : fake.rows) {
        if (const auto* number = std::get_if<std::int64_t>(&row[i])) {
          fake.last_identity = std::max(fake.last_identity, *number);
        }
      }
    }
  }
  FkReport check_foreign_keys(const std::vector<TableName>& tables,
                              const std::function<void(const FkOrphan&)>& found) override {
    const std::lock_guard lock(state_.database->mutex);
    FkReport report;
    for (const TableName& name : tables) {
      const FakeTable& child = table_of(*state_.database, name.name);
      for (const ForeignKey& key : child.definition.foreign_keys) {
        check_key(child, key, found, report);
      }
    }
    return report;
  }
  void finish() override {}

 private:
  void check_key(const FakeTable& child, const ForeignKey& key,
                 const std::function<void(const FkOrphan&)>& found, FkReport& report) {
    const FakeTable& parent = table_of(*state_.database, key.referenced_table.name);
    const std::vector<std::string>& names =
        key.referenced_columns.empty() ? parent.definition.primary_key : key.referenced_columns;
    const auto referenced = positions_of(parent.definition, names);
    const auto referencing = positions_of(child.definition, key.columns);
    const auto own = positions_of(child.definition, child.definition.primary_key);
    for (const FakeRow& row : child.rows) {
      const std::vector<Value> value = pick(row, referencing);
      const auto is_parent = [&](const FakeRow& other) { return pick(other, referenced) == value; };
      if (has_null(value) || std::any_of(parent.rows.begin(), parent.rows.end(), is_parent)) {
        continue;
      }
      FkOrphan orphan{child.definition.name, {}, {}, key.referenced_table, names};
      for (const std::size_t i : own) {
        orphan.key.emplace_back(child.definition.columns[i].name, row[i]);
      }
      for (std::size_t i = 0; i < value.size(); ++i) {
        orphan.value.emplace_back(key.columns[i], value[i]);
      }
      ++report.orphans;
      found(orphan);
    }
  }

  FakeState& state_;
};

class FakeCatalog : public Catalog {
 public:
  explicit FakeCatalog(FakeState& state) : state_(state) {}
  std::vector<TableSummary> list_tables(const std::string& schema) override {
    const std::lock_guard lock(state_.database->mutex);
    std::vector<TableSummary> summaries;
    for (const auto& [name, table] : state_.database->tables) {
      if (name == kLedgerTable || !schema.empty()) continue;
      summaries.push_back({table.definition.name, "table", table.rows.size(), std::nullopt});
    }
    return summaries;
  }
  TableName find(std::string_view text) override {
    const std::lock_guard lock(state_.database->mutex);
    return table_of(*state_.database, text).definition.name;
  }
  Table describe(const TableName& table) override {
    const std::lock_guard lock(state_.database->mutex);
    return table_of(*state_.database, table.name).definition;
  }
  std::vector<ForeignKey> incoming_foreign_keys(const TableName& table) override {
    const std::lock_guard lock(state_.database->mutex);
    std::vector<ForeignKey> incoming;
    for (const auto& [name, other] : state_.database->tables) {
      for (const ForeignKey& key : other.definition.foreign_keys) {
        if (ascii_iequals(key.referenced_table.name, table.name)) incoming.push_back(key);
      }
    }
    return incoming;
  }
  Schema load_schema() override {
    const std::lock_guard lock(state_.database->mutex);
    Schema schema;
    for (const auto& [name, table] : state_.database->tables) {
      if (name != kLedgerTable) schema.tables.push_back(table.definition);
    }
    return schema;
  }
  std::uint64_t count_rows(const TableName& table) override {
    const std::lock_guard lock(state_.database->mutex);
    return table_of(*state_.database, table.name).rows.size();
  }
  std::optional<ResumeKey> resume_key(const Table& table) override {
    if (table.primary_key.empty()) return std::nullopt;
    return ResumeKey{table.primary_key, false};
  }
  std::optional<std::int64_t> last_identity(const TableName& table) override {
    const std::lock_guard lock(state_.database->mutex);
    const std::int64_t last = table_of(*state_.database, table.name).last_identity;
    return last == 0 ? std::nullopt : std::optional(last);
  }
  std::string fingerprint() override {
    const std::lock_guard lock(state_.database->mutex);
    return std::to_string(state_.database->version);
  }

 private:
  FakeState& state_;
};

class FakeConnection : public Connection {
 public:
  FakeConnection(FakeDatabase& database, Engine engine, Access access) : catalog_(state_) {
    state_.database = &database;
    state_.access = access;
    server_.engine = engine;
    server_.version = "fake";
    server_.max_parameters = 1'000;
    server_.transactional_ddl = true;
    server_.triggers_can_be_off = true;
  }
  const ServerInfo& server() const override { return server_; }
  Catalog& catalog() override { return catalog_; }

  std::unique_ptr<RowReader> read_table(const ReadRequest& request) override {
    state_.start_operation();
    const std::lock_guard lock(state_.database->mutex);
    const FakeTable& table =
        table_in(state_.snapshot ? *state_.snapshot : state_.database->tables, request.table.name);
    std::vector<FakeRow> rows = table.rows;
    const auto key = positions_of(table.definition, request.key);
    std::stable_sort(rows.begin(), rows.end(), [&](const FakeRow& a, const FakeRow& b) {
      return key_less(pick(a, key), pick(b, key));
    });
    std::vector<std::string> names = request.columns;
    const std::vector<std::size_t> places = key_positions(request);
    for (std::size_t i = 0; i < places.size(); ++i) {
      if (places[i] >= names.size()) names.push_back(request.key[i]);
    }
    const auto columns = positions_of(table.definition, names);
    std::vector<FakeRow> result;
    for (const FakeRow& row : rows) {
      const bool behind = request.after.empty() || key_less(request.after, pick(row, key));
      if (behind) result.push_back(pick(row, columns));
    }
    std::vector<ResultColumn> described;
    for (const std::string& name : names) described.push_back({name, ""});
    return std::make_unique<FakeReader>(state_, std::move(described), std::move(result));
  }

  std::unique_ptr<RowWriter> write_table(const WriteRequest& request) override {
    state_.need_write();
    return std::make_unique<FakeWriter>(state_, request);
  }

  std::unique_ptr<RowReader> query(std::string_view sql,
                                   const std::vector<Value>& parameters) override {
    state_.start_operation();
    if (!state_.database->on_query) {
      throw Error(ErrorCode::kSqlError, "the fake database knows no SQL");
    }
    std::vector<FakeRow> rows = state_.database->on_query(sql, parameters);
    std::vector<ResultColumn> columns(rows.empty() ? 0 : rows.front().size());
    return std::make_unique<FakeReader>(state_, std::move(columns), std::move(rows));
  }

  std::unique_ptr<Transaction> begin(TransactionMode mode) override {
    return std::make_unique<FakeTransaction>(state_, mode);
  }
  std::unique_ptr<LoadSession> prepare_load(const LoadOptions&) override {
    state_.start_operation();
    state_.need_write();
    return std::make_unique<FakeLoadSession>(state_);
  }
  void cancel() noexcept override { state_.cancelled = true; }

 private:
  FakeState state_;
  FakeCatalog catalog_;
  ServerInfo server_;
};

}  // namespace

FakeDatabase& FakeDriver::add_database(const std::string& name) {
  const std::lock_guard lock(mutex_);
  std::unique_ptr<FakeDatabase>& database = databases_[name];
  if (!database) database = std::make_unique<FakeDatabase>();
  return *database;
}

std::vector<DatabaseInfo> FakeDriver::list_databases(const Endpoint&) {
  const std::lock_guard lock(mutex_);
  std::vector<DatabaseInfo> names;
  for (const auto& [name, database] : databases_) names.push_back({name, std::nullopt});
  return names;
}

Database FakeDriver::resolve(const Endpoint& endpoint, const std::optional<std::string>& database,
                             bool may_create) {
  if (!database) throw Error(ErrorCode::kInvalidArgument, "say which database");
  const std::lock_guard lock(mutex_);
  const bool exists = databases_.count(*database) != 0;
  if (exists || may_create) return {*database, *database, "fake:" + *database, exists};
  std::vector<std::string> names;
  for (const auto& [name, known] : databases_) names.push_back(name);
  throw Error(ErrorCode::kDatabaseNotFound,
              "profile " + endpoint.profile + " has no database " + *database)
      .candidates(nearest_names(*database, names));
}

std::unique_ptr<Connection> FakeDriver::connect(const Endpoint&, const Database& database,
                                                const ConnectOptions& options) {
  const std::lock_guard lock(mutex_);
  const auto found = databases_.find(database.location);
  if (found == databases_.end() && !options.create_missing) {
    throw Error(ErrorCode::kConnectionFailed, "no database " + database.name);
  }
  std::unique_ptr<FakeDatabase>& slot = databases_[database.location];
  if (!slot) slot = std::make_unique<FakeDatabase>();
  return std::make_unique<FakeConnection>(*slot, engine_, options.access);
}

}  // namespace crossload::testing
