#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "crossload/model/schema.h"
#include "crossload/model/value.h"

namespace crossload::driver {

struct LoadOptions {
  bool fire_triggers = false;
  /// The database was made by this job: commits need not reach the disk before finish().
  bool relaxed_durability = false;
};

/// A row whose foreign key points at nothing.
struct FkOrphan {
  TableName table;
  std::vector<std::pair<std::string, Value>> key;    ///< The row's own key, by column.
  std::vector<std::pair<std::string, Value>> value;  ///< The referencing columns.
  TableName references;
  std::vector<std::string> referenced_columns;
};

/// A foreign key that cannot be checked (its parent lacks the columns, or a unique key over them).
struct FkProblem {
  TableName table;
  TableName references;
  std::string message;
};

struct FkReport {
  std::uint64_t orphans = 0;
  std::vector<FkProblem> problems;
};

/// A trigger that is taken away while rows are loaded, where an engine cannot switch it off, and
/// how it is made again as it was.
struct SavedTrigger {
  TableName table;
  std::string name;
  std::string settings_sql;  ///< Puts the session into the settings it was made under.
  std::string create_sql;
};

struct Database;

/// A session set up for loading: foreign keys and (unless asked) triggers do not act. The settings
/// are the session's own and are put back on destruction. Thread: that of its connection.
class LoadSession {
 public:
  virtual ~LoadSession() = default;
  /// Removes every row, inside the caller's transaction.
  virtual void empty_table(const TableName& table) = 0;
  /// Gets ready for copy_whole() from another database of this engine; not inside a transaction.
  /// False where the engine, or this database, has to be read row by row.
  virtual bool attach(const Database& source);
  /// Copies all rows of `from` in the attached database into the empty table `to`, record by record
  /// without looking into them, inside the caller's transaction; how many there were. nullopt, and
  /// nothing done, where the two are not declared alike or a row would have to be checked.
  virtual std::optional<std::uint64_t> copy_whole(const Table& from, const Table& to);
  /// A table's triggers in the order in which they act; none where they can be switched off.
  /// Throws: Error kAccessDenied where one could not be made again by this session.
  virtual std::vector<SavedTrigger> save_triggers(const TableName& table);
  /// Not inside a transaction: it may commit.
  virtual void drop_trigger(const SavedTrigger& trigger);
  /// Does nothing where the trigger is there. Not inside a transaction.
  virtual void restore_trigger(const SavedTrigger& trigger);
  /// Makes the table's identity go on after the largest value in it, and after `at_least`.
  virtual void advance_identity(const Table& table, std::optional<std::int64_t> at_least) = 0;
  /// Checks every foreign key of the tables against the data; orphans go to `found` one by one.
  virtual FkReport check_foreign_keys(const std::vector<TableName>& tables,
                                      const std::function<void(const FkOrphan&)>& found) = 0;
  /// Makes everything committed as durable as the server's own settings do, and puts the session's
  /// settings back.
  virtual void finish() = 0;
};

}  // namespace crossload::driver
