#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crossload {

enum class Engine { kSqlite, kPostgres, kMysql };

/// "sqlite", "postgres", "mysql".
std::string_view to_string(Engine engine);
std::optional<Engine> parse_engine(std::string_view text);

/// What a column means, whatever the engine calls it. kDynamic: typed value by value (SQLite).
enum class TypeKind {
  kDynamic,
  kBoolean,
  kInteger,
  kDecimal,
  kFloat32,
  kFloat64,
  kText,
  kBytes,
  kDate,
  kTime,
  kTimestamp,
  kTimestampTz,
  kInterval,
  kUuid,
  kJson,
  kEnum,
  kSet,
  kBit,
  kArray,
  kSpatial,
  kOther,
};

/// A column type as the model holds it. `declared` is the engine's own spelling and is what is
/// shown.
struct LogicalType {
  TypeKind kind = TypeKind::kDynamic;
  std::string declared;
  int bits = 0;  ///< Integers: 8 to 64.
  bool is_unsigned = false;
  std::optional<std::int64_t> length;  ///< Characters (text) or bytes.
  std::optional<int> precision;
  std::optional<int> scale;
  std::vector<std::string> labels;  ///< Enum and set members in order.
};

/// A table's name. `schema` is empty where the engine or the session has only one.
struct TableName {
  std::string schema;
  std::string name;

  bool operator==(const TableName&) const = default;
  auto operator<=>(const TableName&) const = default;
  /// "schema.name" or "name".
  std::string display() const { return schema.empty() ? name : schema + "." + name; }
};

enum class GeneratedKind { kNone, kVirtual, kStored };
enum class IdentityKind { kNone, kRowid, kAutoincrement, kByDefault, kAlways, kSerial };

struct Column {
  std::string name;
  LogicalType type;
  bool nullable = true;
  std::optional<std::string> default_sql;  ///< As the engine prints it.
  GeneratedKind generated = GeneratedKind::kNone;
  std::string generated_sql;
  IdentityKind identity = IdentityKind::kNone;
  std::string collation;  ///< Empty where it is the engine's default.
  std::string comment;
  bool hidden = false;  ///< Left out of SELECT * (hidden columns of virtual tables).

  /// A row may leave it out: it is nullable, has a default, is generated or numbers itself.
  bool optional_on_insert() const {
    return nullable || default_sql.has_value() || generated != GeneratedKind::kNone ||
           identity != IdentityKind::kNone;
  }
};

struct IndexPart {
  std::string column;      ///< Empty for an expression.
  std::string expression;  ///< Empty for a column.
  bool descending = false;
  std::string collation;
  std::optional<int> prefix_length;
};

enum class IndexOrigin { kCreated, kUnique, kPrimaryKey };

struct Index {
  std::string name;
  bool unique = false;
  IndexOrigin origin = IndexOrigin::kCreated;
  std::vector<IndexPart> parts;
  std::string where_sql;  ///< Partial index predicate, else empty.
  std::string method;
  std::string sql;  ///< The defining statement where the engine keeps one.
};

struct ForeignKey {
  std::string name;
  TableName table;  ///< The referencing table.
  std::vector<std::string> columns;
  TableName referenced_table;
  std::vector<std::string> referenced_columns;  ///< Empty: the primary key (SQLite shorthand).
  std::string on_delete;                        ///< "NO ACTION", "CASCADE", ...
  std::string on_update;
  bool deferrable = false;
  bool initially_deferred = false;
};

struct CheckConstraint {
  std::string name;
  std::string expression;
};

struct Trigger {
  std::string name;
  TableName table;
  std::string timing;  ///< BEFORE, AFTER, INSTEAD OF.
  std::string event;   ///< INSERT, UPDATE, DELETE.
  std::string sql;     ///< The defining statement.
};

struct View {
  TableName name;
  bool materialized = false;
  std::string sql;                ///< The defining statement.
  std::vector<Trigger> triggers;  ///< INSTEAD OF triggers.
};

struct Routine {
  TableName name;
  bool is_function = false;
  std::string sql;
};

/// kVirtual: rows live elsewhere (SQLite virtual table); kShadow: such a table's own storage.
enum class TableKind { kTable, kVirtual, kShadow };

struct Table {
  TableName name;
  TableKind kind = TableKind::kTable;
  std::vector<Column> columns;           ///< In declared order, generated ones included.
  std::vector<std::string> primary_key;  ///< Columns in key order; empty where there is none.
  std::vector<Index> indexes;            ///< Those behind keys and unique constraints included.
  std::vector<ForeignKey> foreign_keys;  ///< Outgoing.
  std::vector<CheckConstraint> checks;
  std::vector<Trigger> triggers;
  bool without_rowid = false;
  bool strict = false;
  std::string shadow_of;  ///< kShadow: the virtual table it belongs to.
  std::string comment;
  std::string sql;  ///< The defining statement where the engine keeps one.

  /// nullptr where there is none. Names compare as the engine's identifiers do: ASCII case folded.
  const Column* find_column(std::string_view column_name) const;
};

/// Everything of one database that a migration can carry.
struct Schema {
  Engine engine = Engine::kSqlite;
  std::vector<Table> tables;
  std::vector<View> views;
  std::vector<Routine> routines;

  const Table* find_table(const TableName& name) const;  ///< ASCII case folded.
};

}  // namespace crossload
