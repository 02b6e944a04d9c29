#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crossload/model/schema.h"
#include "crossload/model/value.h"

namespace crossload::dialect {

/// One statement of a script.
struct SqlStatement {
  /// Without the terminating semicolon and surrounding blanks; those before the semicolon of a
  /// SQLite CREATE statement stay, as SQLite itself may keep them with the schema.
  std::string text;
  std::size_t line = 1;  ///< Where it begins, counted from 1.
};

/// What a statement would do, by its leading words; for guards and messages, not for safety.
enum class StatementClass {
  kRead,         ///< SELECT, VALUES, EXPLAIN, WITH ... SELECT.
  kWrite,        ///< INSERT, UPDATE, REPLACE, DELETE with a condition.
  kTruncate,     ///< TRUNCATE, DELETE without a condition.
  kDrop,         ///< DROP, and ALTER ... DROP.
  kSchema,       ///< CREATE, ALTER, COMMENT, REINDEX, ANALYZE, VACUUM.
  kTransaction,  ///< BEGIN, COMMIT, ROLLBACK, SAVEPOINT, RELEASE.
  kSession,      ///< SET, PRAGMA, ATTACH, DETACH, USE.
  kDynamic,      ///< DO, CALL, EXECUTE, PREPARE: can do anything.
  kOther,
};

/// How one engine writes SQL. Pure: no connection. Lifetime: the program's. Thread: any.
class Dialect {
 public:
  virtual ~Dialect() = default;
  virtual Engine engine() const = 0;
  /// An identifier in the engine's quotes, always quoted.
  /// Throws: Error kInvalidArgument for a name with a NUL character.
  virtual std::string quote(std::string_view identifier) const = 0;
  std::string quote(const TableName& table) const;
  /// The parameter marker of the n-th bound value, from 1: "?" or "$n".
  virtual std::string placeholder(std::size_t n) const = 0;
  /// A value as the engine reads it back exactly.
  /// Throws: Error kInvalidArgument for a value the engine has no place for.
  virtual std::string literal(const Value& value) const = 0;
  /// Cuts a script at its statement ends: quotes, comments, dollar quotes and trigger bodies are
  /// seen. Empty statements and lone comments are left out.
  virtual std::vector<SqlStatement> split(std::string_view script) const = 0;
  virtual StatementClass classify(std::string_view statement) const = 0;
  /// A statement as it stands in a script, so that split() and the engine's own shell find its end.
  virtual std::string terminated(std::string_view statement) const = 0;
};

/// The statement makes the server read or write a file, or run a program, that it names: COPY,
/// LOAD DATA, INTO OUTFILE, ATTACH, VACUUM INTO. By its words, as classify().
bool reaches_server_files(Engine engine, std::string_view statement);

/// The database that MySQL's USE would go on in; nullopt for any other statement.
std::optional<std::string> used_database(Engine engine, std::string_view statement);

/// The names that stand before a dot, as often as they do: databases, schemas, tables, aliases.
std::vector<std::string> qualifiers(Engine engine, std::string_view statement);

/// The dialect of an engine.
const Dialect& dialect_for(Engine engine);

}  // namespace crossload::dialect
