#pragma once

#include "session.h"

namespace crossload::driver::postgres {

/// What stands around a statement so that its failure, or what it did besides answering, can be
/// undone: a savepoint inside a transaction, or a transaction of its own. kImmediateSavepoint also
/// has deferred constraints act at once.
class Bracket {
 public:
  enum class Kind { kNone, kTransaction, kReadOnlyTransaction, kSavepoint, kImmediateSavepoint };

  Bracket(Session& session, Kind kind);
  ~Bracket();
  Bracket(const Bracket&) = delete;
  Bracket& operator=(const Bracket&) = delete;

  /// The statement did what it should.
  void keep();
  /// The statement failed, or nothing of it may stay.
  void undo() noexcept;

 private:
  Session& session_;
  Kind kind_;
};

}  // namespace crossload::driver::postgres
