#pragma once

#include <memory>
#include <string>
#include <vector>

#include "session.h"

namespace crossload::tools {

/// A target on which the statements of a schema copy are tried: the database itself, where its
/// engine undoes CREATE, else one of the same server that is made for it and goes with this. A
/// process that is killed leaves that one behind; it is called crossload_scratch_ and a number.
class TrialTarget {
 public:
  /// Throws: as open_session, and Error kAccessDenied where the database for it may not be made.
  TrialTarget(const Services& services, const DatabaseArgument& argument);
  ~TrialTarget();
  TrialTarget(const TrialTarget&) = delete;
  TrialTarget& operator=(const TrialTarget&) = delete;

  driver::Connection& target() const { return *session_.connection; }
  /// Where the statements run.
  driver::Connection& place() const { return scratch_.empty() ? target() : *scratch_.front(); }
  /// More sessions there, where the database was made for it.
  std::vector<driver::Connection*> helpers() const;

 private:
  void make_scratch();
  void open_scratch();
  /// False where it may be tried again.
  bool drop_scratch();

  Session session_;
  std::string scratch_name_;
  std::vector<std::unique_ptr<driver::Connection>> scratch_;
};

}  // namespace crossload::tools
