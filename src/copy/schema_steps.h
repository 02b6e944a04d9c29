#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "crossload/copy/migration.h"
#include "crossload/dialect/schema_script.h"
#include "crossload/driver/driver.h"

namespace crossload::copy {

/// The schema work of create_schema: tables before the data, the rest after it. Every step looks
/// first whether its object is there, so that a resumed job does what is left. Thread: that of its
/// target.
class SchemaSteps {
 public:
  /// `source` is the source's schema as it is now. `note` is told what could not be made, and why.
  SchemaSteps(const Plan& plan, const Schema& schema, driver::Connection& source,
              driver::Connection& target, std::function<void(const std::string&)> note);

  /// Makes the planned tables that are missing, inside the caller's transaction if there is one. A
  /// table that cannot be made is noted; its copy will fail.
  void create_tables();
  /// Indexes, triggers and views of what create_tables() makes. Returns false when one could not be
  /// made.
  bool create_the_rest();

 private:
  void note_skipped() const;
  bool create_missing(const std::vector<dialect::SchemaItem>& items,
                      const std::vector<std::string>& existing);
  bool create(const dialect::SchemaItem& item);

  driver::Connection& target_;
  bool in_transaction_ = false;
  std::function<void(const std::string&)> note_;
  dialect::SchemaScript script_;
};

}  // namespace crossload::copy
