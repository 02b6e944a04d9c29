#pragma once

#include <string>
#include <vector>

#include "crossload/model/schema.h"

#include "session.h"

namespace crossload::driver::postgres {

/// Deferrable unique keys and exclusion constraints are proved by a trigger of the server's own,
/// which is silent in a session that switches triggers off: two rows with one key would pass. These
/// are told to act for as long as rows are written. Source: src/backend/commands/constraint.c,
/// unique_key_recheck().
class DeferredKeys {
 public:
  /// Looks for them where the session has its triggers off.
  DeferredKeys(Session& session, const TableName& table);
  /// Inside a transaction, which must not end between the two.
  void watch();
  void unwatch();

 private:
  Session& session_;
  std::string watch_;  ///< Statements; empty where there is nothing to do.
  std::string unwatch_;
};

}  // namespace crossload::driver::postgres
