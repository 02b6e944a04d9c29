#include <utility>

#include "moment_text.h"
#include "translator.h"

namespace crossload::dialect {

TypeKind kind_of_cast(const CastType& type, Engine from) {
  if (type.array) return TypeKind::kArray;
  const std::string& name = type.name;
  const auto is_one_of = [&](std::initializer_list<std::string_view> names) {
    for (const std::string_view each : names) {
      if (name == each) return true;
    }
    return false;
  };
  if (is_one_of({"int", "integer", "bigint", "smallint", "int2", "int4", "int8", "signed",
                 "signed integer", "mediumint", "tinyint"})) {
    return TypeKind::kInteger;
  }
  if (is_one_of({"numeric", "decimal", "dec"})) {
    return from == Engine::kSqlite ? TypeKind::kOther : TypeKind::kDecimal;
  }
  if (is_one_of({"real", "float4"})) {
    return from == Engine::kPostgres ? TypeKind::kFloat32 : TypeKind::kFloat64;
  }
  if (is_one_of({"double precision", "float8", "double", "float"})) return TypeKind::kFloat64;
  if (is_one_of({"text", "varchar", "character varying", "char", "bpchar", "character", "name",
                 "nchar"})) {
    return TypeKind::kText;
  }
  if (is_one_of({"boolean", "bool"})) return TypeKind::kBoolean;
  if (name == "date" && from != Engine::kSqlite) return TypeKind::kDate;
  if (is_one_of({"timestamp", "timestamp without time zone"}) && from != Engine::kSqlite) {
    return TypeKind::kTimestamp;
  }
  if (name == "datetime" && from == Engine::kMysql) return TypeKind::kTimestamp;
  if (is_one_of({"timestamptz", "timestamp with time zone"}) && from == Engine::kPostgres) {
    return TypeKind::kTimestampTz;
  }
  if (name == "uuid") return TypeKind::kUuid;
  if (is_one_of({"json", "jsonb"})) return TypeKind::kJson;
  return TypeKind::kOther;
}

namespace {

std::string spelled(const CastType& type) {
  return "CAST(... AS " + type.name + (type.array ? "[])" : ")");
}

class Caster {
 public:
  Caster(Engine from, Engine to, const CastType& type, TypeKind kind)
      : from_(from), to_(to), type_(type), kind_(kind) {}

  /// How a number becomes one of the kind; empty where it needs nothing.
  std::string number(const std::string& sql, TypeKind was) const {
    if (kind_ == TypeKind::kInteger) return whole(sql, was);
    if (kind_ == TypeKind::kFloat64) {
      const char* name = to_ == Engine::kPostgres ? "double precision"
                         : to_ == Engine::kMysql  ? "DOUBLE"
                                                  : "REAL";
      return "CAST(" + sql + " AS " + name + ")";
    }
    return decimal(sql);
  }

 private:
  /// PostgreSQL and MySQL round, SQLite cuts.
  std::string whole(const std::string& sql, TypeKind was) const {
    if (was == TypeKind::kInteger) return sql;
    const bool cuts = from_ == Engine::kSqlite;
    switch (to_) {
      case Engine::kSqlite:
        return "CAST(" + (cuts ? sql : "ROUND(" + sql + ")") + " AS INTEGER)";
      case Engine::kPostgres:
        return "CAST(" + (cuts ? "TRUNC(" + sql + ")" : sql) + " AS bigint)";
      case Engine::kMysql:
        return "CAST(" + (cuts ? "TRUNCATE(" + sql + ", 0)" : sql) + " AS SIGNED)";
    }
    return sql;
  }

  std::string decimal(const std::string& sql) const {
    std::string sizes;
    for (const int size : type_.sizes) sizes += (sizes.empty() ? "(" : ",") + std::to_string(size);
    if (!sizes.empty()) sizes += ")";
    // MySQL's DECIMAL is DECIMAL(10,0), PostgreSQL's numeric has no limit.
    if (sizes.empty() && from_ == Engine::kMysql) sizes = "(10,0)";
    switch (to_) {
      case Engine::kPostgres:
        return "CAST(" + sql + " AS numeric" + sizes + ")";
      case Engine::kMysql:
        return sizes.empty() ? sql : "CAST(" + sql + " AS DECIMAL" + sizes + ")";
      case Engine::kSqlite: {
        const std::string real = "CAST(" + sql + " AS REAL)";
        if (sizes.empty()) return real;
        return "ROUND(" + real + ", " +
               std::to_string(type_.sizes.size() > 1 ? type_.sizes[1] : 0) + ")";
      }
    }
    return sql;
  }

  Engine from_;
  Engine to_;
  const CastType& type_;
  TypeKind kind_;
};

}  // namespace

Written Translator::cast(const Expr& expr, const Scope& scope) {
  const CastType& type = expr.type;
  const TypeKind kind = kind_of_cast(type, from());
  Written inner = any(*expr.args[0], scope);
  if (inner.null_literal) {
    inner.source = inner.target = of_kind(kind == TypeKind::kOther ? TypeKind::kDynamic : kind);
    return inner;
  }
  // PostgreSQL writes its constants with their types; those made by users are text elsewhere.
  const bool own_type = kind == TypeKind::kOther && from() == Engine::kPostgres;
  if (own_type && inner.text) return inner;
  const TypeKind was = inner.target.kind;
  if (kind == TypeKind::kBoolean) {
    if (inner.text) {
      Written sample = truth("TRUE", Rank::kPrimary);
      match_literal(sample, inner, false);
      return inner;
    }
    return as_condition(std::move(inner));
  }
  inner = inner.truth || was == TypeKind::kBoolean ? numeric(std::move(inner)) : std::move(inner);
  if (kind == TypeKind::kText) {
    if (was == TypeKind::kBoolean) refuse("the text of a boolean");
    Written text = as_text(std::move(inner));
    if (type.name == "char" && type.sizes.empty() && from() == Engine::kPostgres)
      refuse("\"char\"");
    if (type.sizes.empty()) return text;
    const std::string size = std::to_string(type.sizes[0]);
    if (type.name == "character" || type.name == "bpchar") refuse(spelled(type));
    if (from() == Engine::kSqlite) return text;
    if (text.text && text.text->size() <= static_cast<std::size_t>(type.sizes[0])) return text;
    text.sql =
        (to() == Engine::kSqlite ? "substr(" + text.sql + ", 1, " : "LEFT(" + text.sql + ", ") +
        size + ")";
    text.rank = Rank::kPrimary;
    text.text.reset();
    return text;
  }
  if (is_number_kind(kind) && kind != TypeKind::kFloat32) {
    if (was == TypeKind::kBoolean && from() == Engine::kPostgres && kind == TypeKind::kInteger) {
      const std::string sql =
          to() == Engine::kPostgres ? "CAST(" + inner.sql + " AS integer)" : inner.sql;
      return made(sql, TypeKind::kInteger, to() == Engine::kPostgres ? Rank::kPrimary : inner.rank);
    }
    inner = numeric(std::move(inner));
    if (!is_number_kind(inner.target.kind)) {
      refuse("the cast of " + std::string(kind_name(was)) + " to a number");
    }
    if (inner.number && kind == inner.target.kind) return inner;
    const std::string sql = Caster(from(), to(), type, kind).number(inner.sql, inner.target.kind);
    Written written = made(sql, kind, sql == inner.sql ? inner.rank : Rank::kPrimary);
    written.nullable = inner.nullable;
    written.surely_real = kind == TypeKind::kFloat64;
    if (type.sizes.size() > 1) written.source.scale = type.sizes[1];
    if (kind == TypeKind::kDecimal && to() == Engine::kSqlite) {
      written.target.kind = TypeKind::kFloat64;
      note("SQLite calculates with decimals as floating-point numbers");
    }
    return written;
  }
  if (is_moment_kind(kind)) {
    if (inner.text) {
      const auto moment = read_moment(*inner.text);
      const bool zoned = kind == TypeKind::kTimestampTz;
      if (!moment || (zoned && !moment->utc)) refuse("the constant '" + *inner.text + "'");
      const std::string text = literal(moment_text(*moment, kind, to()));
      if (to() == Engine::kSqlite) return made(text, kind);
      const std::string word = kind == TypeKind::kDate ? "DATE " : "TIMESTAMP ";
      if (zoned && to() == Engine::kPostgres) return made("TIMESTAMPTZ " + text, kind);
      return made(word + text, kind);
    }
    if (was == kind) return inner;
    if (kind == TypeKind::kDate && was == TypeKind::kTimestamp) {
      if (to() == Engine::kPostgres) return made("CAST(" + inner.sql + " AS date)", kind);
      return made("DATE(" + inner.sql + ")", kind);
    }
    if (kind == TypeKind::kTimestamp && was == TypeKind::kDate) {
      if (to() == Engine::kPostgres) return made("CAST(" + inner.sql + " AS timestamp)", kind);
      if (to() == Engine::kMysql) return made("CAST(" + inner.sql + " AS DATETIME)", kind);
      return made("datetime(" + inner.sql + ")", kind);
    }
  }
  if (kind == was && (kind == TypeKind::kUuid || kind == TypeKind::kJson)) return inner;
  if (kind == TypeKind::kUuid && inner.text) {
    return inner;
  }
  refuse(spelled(type));
}

}  // namespace crossload::dialect
