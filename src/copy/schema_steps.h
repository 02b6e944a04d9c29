#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "crossload/copy/migration.h"
#include "crossload/dialect/schema_script.h"
#include "crossload/driver/driver.h"

namespace crossload::copy {

/// The schema work of create_schema: tables before the data, the rest after it. What is there
/// already, before the tables and before the rest, is not made again, so that a resumed job does
/// what is left. Thread: that of its target.
class SchemaSteps {
 public:
  struct Tell {
    std::function<void(const std::string&)> phase;
    std::function<void(const std::string&)> lost;     ///< What could not be made, and why.
    std::function<void(const std::string&)> changed;  ///< What was made in another form.
    std::function<void()> throw_if_stopped;
  };

  /// `schema` is the source's as it is now.
  SchemaSteps(const Plan& plan, const Schema& schema, driver::Connection& source,
              driver::Connection& target, Tell tell);

  /// Makes the planned tables that are missing, inside the caller's transaction if there is one. A
  /// table that cannot be made is noted; its copy will fail.
  void create_tables();
  /// Indexes, then foreign keys, of what create_tables() makes. The keys are not proved yet.
  void create_keys();
  /// Takes away those of its foreign keys over which orphans were found, where the engine cannot
  /// mark a key as not valid.
  void drop_unproved(const std::vector<driver::FkOrphan>& orphans);
  /// Views, then triggers, then the planner's statistics.
  void create_the_rest();

 private:
  void tell_skipped() const;
  void tell_changed() const;
  void create_missing(const char* phase, const std::vector<dialect::SchemaItem>& items);
  bool create(const dialect::SchemaItem& item);
  std::optional<std::string> refusal_of(const std::string& sql);
  std::string statement_of(const dialect::SchemaItem& item) const;
  void analyze();

  driver::Connection& target_;
  Tell tell_;
  bool active_ = false;
  bool in_transaction_ = false;
  std::set<std::string> partitioned_;  ///< Keys of target tables.
  std::set<std::string> existing_;     ///< Keys of the target's objects, when last looked.
  dialect::SchemaScript script_;
};

}  // namespace crossload::copy
