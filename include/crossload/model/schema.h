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

/// What a column means, whatever the engine calls it, and with it the one form in which its values
/// travel: every reader gives it, every writer takes it, whichever engine is on the other side.
enum class TypeKind {
  kDynamic,  ///< SQLite: value by value, in the cell kind that it is stored as.
  kBoolean,  ///< kInt64, 0 or 1.
  kInteger,  ///< kInt64; kUInt64 only above its range.
  kDecimal,  ///< kText as servers print it: "-12.340", never an exponent; "NaN", "Infinity".
  kFloat32,  ///< kFloat64, holding the float exactly.
  kFloat64,  ///< kFloat64.
  kText,     ///< kText.
  kBytes,    ///< kBytes.
  kDate,     ///< kText "2020-12-31", years of four digits or more; " BC" behind, "infinity".
  kTime,  ///< kText "-838:59:59.5"; hours of two digits or more, fraction as the server prints it.
  kTimestamp,    ///< kText "2020-12-31 23:59:59.5", date and fraction as above.
  kTimestampTz,  ///< kText in UTC, "2020-12-31 23:59:59.5+00".
  kInterval,     ///< kText, ISO 8601 with designators: "P1M-3DT4H5M6.7S".
  kUuid,         ///< kText, 36 characters in lower case.
  kJson,         ///< kText.
  kEnum,         ///< kText, the label.
  kSet,          ///< kText, labels with commas between them.
  kBit,          ///< kText of '0' and '1', as many as the value has bits.
  kArray,        ///< kText, PostgreSQL's array literal.
  kSpatial,      ///< kBytes: SRID in four bytes, little-endian, then WKB with x (longitude) first.
  kOther,        ///< kText, as the engine prints it.
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
  std::string charset;              ///< Of text, where it is the column's own (MySQL): "latin1".
  TypeKind element = TypeKind::kOther;  ///< kArray: what its elements are.
  std::string named;        ///< Name of a type made by a user (enum, domain, composite), qualified.
  std::optional<int> srid;  ///< kSpatial: the one that values must have.
};

/// A table's name. `schema` is empty for the database's default schema (PostgreSQL: the first of
/// the search path that exists) and where an engine has no schemas within a database.
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
  std::string collation;              ///< Empty where it is the engine's default.
  std::string collation_schema = {};  ///< PostgreSQL: where a user made the collation.
  std::string comment;
  bool hidden = false;     ///< Left out of SELECT * (hidden columns of virtual tables).
  std::string on_update;   ///< MySQL ON UPDATE: "CURRENT_TIMESTAMP(3)".
  bool inherited = false;  ///< Said by no one but a table of Table::inherits.

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
  std::string nulls =
      {};  ///< "FIRST" or "LAST" where it is not the engine's default for the direction.
};

enum class IndexOrigin { kCreated, kUnique, kPrimaryKey };

struct Index {
  std::string name;
  bool unique = false;
  IndexOrigin origin = IndexOrigin::kCreated;
  std::vector<IndexPart> parts;
  std::string where_sql;  ///< Partial index predicate, else empty.
  std::string method;
  std::vector<std::string> include;  ///< Columns carried along (PostgreSQL INCLUDE).
  bool nulls_not_distinct = false;
  bool deferrable = false;  ///< PostgreSQL: its constraint may be checked at the end.
  bool initially_deferred = false;
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
  bool validated = true;    ///< False: the engine itself says that rows may violate it.
  bool match_full = false;  ///< PostgreSQL MATCH FULL: NULL in every column or in none.
};

struct CheckConstraint {
  std::string name;
  std::string expression;
  bool enforced = true;     ///< False: NOT ENFORCED.
  bool validated = true;    ///< False: rows may violate it, as those of one that is not enforced.
  bool inheritable = true;  ///< False: PostgreSQL's NO INHERIT.
};

struct Trigger {
  std::string name;
  TableName table;
  std::string timing;   ///< BEFORE, AFTER, INSTEAD OF.
  std::string event;    ///< INSERT, UPDATE, DELETE.
  std::string sql;      ///< The defining statement.
  bool enabled = true;  ///< False: PostgreSQL's DISABLE or ENABLE REPLICA TRIGGER.
};

struct View {
  TableName name;
  bool materialized = false;
  std::string sql;                ///< The defining statement.
  std::vector<Trigger> triggers;  ///< INSTEAD OF triggers.
  std::vector<Index> indexes;     ///< Of a materialized one.
};

struct Routine {
  TableName name;
  bool is_function = false;
  std::string sql;
};

/// kVirtual: rows live elsewhere (SQLite virtual table); kShadow: such a table's own storage. Views
/// are described as tables too; a schema keeps them apart.
enum class TableKind { kTable, kVirtual, kShadow, kView, kMaterializedView };

/// kEnum, kDomain, kComposite, kRange: what CREATE TYPE and CREATE DOMAIN make.
enum class UserTypeKind { kEnum, kDomain, kComposite, kRange };

struct UserType {
  TableName name;
  UserTypeKind kind = UserTypeKind::kEnum;
  std::vector<std::string> labels;  ///< kEnum.
  std::string sql;                  ///< The defining statement.
};

struct Sequence {
  TableName name;
  TableName owner;  ///< Table and column that it belongs to; empty for one that stands alone.
  std::string owner_column;
  std::int64_t start = 1;
  std::int64_t increment = 1;
  std::optional<std::int64_t> last_value;  ///< Handed out last; nullopt before the first.
  std::string sql;                         ///< The defining statement.
};

/// What only its own engine has a word for: a policy, a rule, an event, the comment of an index.
struct EngineObject {
  std::string type;  ///< In lower case: "policy", "rule", "aggregate", "comment", "event", ...
  std::string name;  ///< To be shown: "public.orders.only_mine".
  TableName table;   ///< The table or view that it belongs to; empty for one that stands alone.
  std::string sql;   ///< The defining statements; empty where the engine does not give them.
};

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
  std::string sql;                  ///< The defining statement where the engine keeps one.
  bool transactional = true;        ///< False: rows cannot be rolled back (MyISAM, Aria).
  std::string storage_engine;       ///< MySQL: "InnoDB".
  std::string collation;            ///< MySQL: the table's default.
  TableName partition_of;           ///< PostgreSQL: the partitioned table whose rows these are.
  std::string partition_sql;        ///< PARTITION BY of a partitioned table, bounds of a partition.
  std::vector<TableName> inherits;  ///< PostgreSQL: tables whose queries give its rows too.

  /// nullptr where there is none. An exact match goes before one that differs in ASCII case.
  const Column* find_column(std::string_view column_name) const;
};

/// Everything of one database that a migration can carry.
struct Schema {
  Engine engine = Engine::kSqlite;
  std::vector<Table> tables;
  std::vector<View> views;
  std::vector<Routine> routines;
  std::vector<UserType> types;
  std::vector<Sequence> sequences;
  std::vector<EngineObject> engine_objects;  ///< In an order in which they can be made.

  const Table* find_table(const TableName& name) const;  ///< As Table::find_column.
};

}  // namespace crossload
