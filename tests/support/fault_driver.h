#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "crossload/driver/driver.h"

namespace crossload::testing {

/// Calls through a driver that can be counted and made to fail.
enum class DriverCall {
  kConnect,
  kCatalog,
  kReadTable,
  kRead,
  kWriteTable,
  kWrite,
  kQuery,
  kBegin,
  kCommit,
  kPrepareLoad,
  kEmptyTable,
  kAdvanceIdentity,
  kCheckForeignKeys,
  kFinish,
};

/// What a failing call does.
enum class FaultMode {
  kBefore,  ///< The call is not made.
  kAfter,   ///< The call is made and its result lost: a commit that happened but was not confirmed.
  kDead,    ///< Neither this call nor any later one is made; open transactions are undone.
};

/// Counts the calls of one or more fault drivers and says which of them fails. Thread: any.
class FaultPlan {
 public:
  /// Fails the n-th call from now, counted from 1 over those of kind `only` (all where absent).
  void fail_call(std::size_t n, FaultMode mode = FaultMode::kBefore,
                 std::optional<DriverCall> only = std::nullopt);
  void clear();

  /// Calls so far, over all kinds or one.
  std::size_t calls() const;
  std::size_t calls(DriverCall kind) const;
  bool fired() const;

  /// Runs `call` as call of kind `kind`. Throws: Error kConnectionFailed, retryable, for the
  /// planned one.
  void run(DriverCall kind, const std::function<void()>& call);

 private:
  std::optional<FaultMode> due(DriverCall kind);

  mutable std::mutex mutex_;
  std::vector<DriverCall> log_;
  std::size_t left_ = 0;
  FaultMode mode_ = FaultMode::kBefore;
  std::optional<DriverCall> only_;
  bool fired_ = false;
  bool dead_ = false;
};

/// A driver that passes every call on to another one, but for the one that the plan makes fail.
/// Lifetime: `inner` and the sessions' driver outlive the sessions.
class FaultDriver : public driver::Driver {
 public:
  FaultDriver(driver::Driver& inner, std::shared_ptr<FaultPlan> plan)
      : inner_(inner), plan_(std::move(plan)) {}

  Engine engine() const override { return inner_.engine(); }
  std::vector<driver::DatabaseInfo> list_databases(const driver::Endpoint& endpoint) override {
    return inner_.list_databases(endpoint);
  }
  driver::Database resolve(const driver::Endpoint& endpoint,
                           const std::optional<std::string>& database, bool may_create) override {
    return inner_.resolve(endpoint, database, may_create);
  }
  std::unique_ptr<driver::Connection> connect(const driver::Endpoint& endpoint,
                                              const driver::Database& database,
                                              const driver::ConnectOptions& options) override;

 private:
  driver::Driver& inner_;
  std::shared_ptr<FaultPlan> plan_;
};

}  // namespace crossload::testing
