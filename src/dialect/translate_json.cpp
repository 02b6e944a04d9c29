// Texts out of JSON by a constant path of keys. A null in the JSON is NULL to PostgreSQL's ->> and
// the text 'null' to MySQL's JSON_UNQUOTE.

#include <algorithm>
#include <optional>
#include <utility>

#include "crossload/base/strings.h"

#include "translator.h"

namespace crossload::dialect {
namespace {

using Keys = std::vector<std::string>;

bool is_plain(const std::string& key) {
  const auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  // NULL alone is none of an array's texts.
  return !key.empty() && !ascii_iequals(key, "null") && is_letter(key[0]) &&
         std::all_of(key.begin(), key.end(),
                     [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); });
}

/// A key without what some path would have to escape.
bool is_known(const std::string& key) {
  return !key.empty() && std::none_of(key.begin(), key.end(), [](char c) {
    return c == '"' || c == '\\' || c == ',' || c == '{' || c == '}' ||
           static_cast<unsigned char>(c) < ' ';
  });
}

/// A number may be the place in an array, too.
bool is_place(const std::string& key) {
  return key.find_first_not_of("0123456789-+ ") == std::string::npos;
}

/// A text constant, as PostgreSQL prints it with its type.
const std::string* constant(const Expr& expr) {
  if (expr.kind == ExprKind::kString) return &expr.text;
  const bool typed = expr.kind == ExprKind::kCast && expr.type.name == "text" &&
                     expr.args[0]->kind == ExprKind::kString;
  return typed ? &expr.args[0]->text : nullptr;
}

/// '{a,b}'
std::optional<Keys> keys_of_array(const std::string& text) {
  if (text.size() < 3 || text.front() != '{' || text.back() != '}') return std::nullopt;
  Keys keys(1);
  for (const char c : text.substr(1, text.size() - 2)) {
    if (c == ',') {
      keys.emplace_back();
    } else {
      keys.back() += c;
    }
  }
  const bool known =
      std::all_of(keys.begin(), keys.end(), [](const std::string& key) { return is_plain(key); });
  return known ? std::optional(keys) : std::nullopt;
}

/// '$.a."b c"'
std::optional<Keys> keys_of_path(const std::string& text) {
  Keys keys;
  std::size_t at = 1;
  if (text.empty() || text[0] != '$') return std::nullopt;
  while (at < text.size()) {
    if (text[at] != '.') return std::nullopt;
    const bool quoted = text.substr(at, 2) == ".\"";
    const std::size_t begin = at + (quoted ? 2 : 1);
    const std::size_t end = std::min(text.find_first_of(quoted ? "\"" : ".[", begin), text.size());
    keys.push_back(text.substr(begin, end - begin));
    const bool known = quoted ? end < text.size() && is_known(keys.back()) : is_plain(keys.back());
    if (!known) return std::nullopt;
    at = end + (quoted ? 1 : 0);
  }
  return keys.empty() ? std::nullopt : std::optional(keys);
}

std::string path_of(const Keys& keys) {
  std::string path = "$";
  for (const std::string& key : keys) path += is_plain(key) ? "." + key : ".\"" + key + "\"";
  return path;
}

/// What an operator or JSON_EXTRACT takes out of what; the innermost value is `base`.
bool add_keys(const Expr& expr, Engine from, const Expr*& base, Keys& keys) {
  const bool is_call = expr.kind == ExprKind::kCall && expr.text == "json_extract" &&
                       expr.args.size() == 2 && from == Engine::kMysql;
  const bool is_operator =
      expr.kind == ExprKind::kBinary &&
      (expr.text == "->" || expr.text == "->>" || expr.text == "#>" || expr.text == "#>>");
  if (!is_call && !is_operator) {
    base = &expr;
    return true;
  }
  if (!add_keys(*expr.args[0], from, base, keys)) return false;
  std::optional<Keys> own;
  if (from == Engine::kMysql) {
    if (const std::string* text = constant(*expr.args[1])) own = keys_of_path(*text);
  } else if (expr.text == "->" || expr.text == "->>") {
    const std::string* text = constant(*expr.args[1]);
    if (text != nullptr && is_known(*text)) own = Keys{*text};
  } else {
    const Expr& path = *expr.args[1];
    const bool typed = path.kind == ExprKind::kCast && path.type.name == "text" &&
                       path.type.array && path.args[0]->kind == ExprKind::kString;
    own = typed                            ? keys_of_array(path.args[0]->text)
          : path.kind == ExprKind::kString ? keys_of_array(path.text)
                                           : std::nullopt;
  }
  if (!own) return false;
  keys.insert(keys.end(), own->begin(), own->end());
  return true;
}

}  // namespace

Written Translator::json_text(const Expr& expr, const std::string& construct, const Scope& scope) {
  const Expr* base = nullptr;
  Keys keys;
  if (from() == Engine::kSqlite || !add_keys(expr, from(), base, keys) || keys.empty()) {
    refuse(construct);
  }
  const Written json = value(*base, scope);
  if (json.target.kind != TypeKind::kJson || json.source.kind != TypeKind::kJson) {
    refuse(construct);
  }
  const std::string document = wrapped(json, Rank::kPrimary);
  const std::string path = literal(path_of(keys));
  const bool null_is_text = from() == Engine::kMysql;
  if (from() == Engine::kPostgres && to() != from() && !json.source.declared.starts_with("jsonb")) {
    note("objects and arrays within JSON become texts as the target spells them");
  }
  std::string sql;
  switch (to()) {
    case Engine::kSqlite:
      note("objects and arrays within JSON become texts without blanks in SQLite");
      if (from() == Engine::kPostgres && json.source.declared == "json") {
        note("of a key that stands twice SQLite takes the first, PostgreSQL's json the last");
      }
      sql = "CASE json_type(" + document + ", " + path + ")" +
            (null_is_text ? "" : " WHEN 'null' THEN NULL") + " WHEN 'text' THEN " + document +
            " ->> " + path + " ELSE " + document + " -> " + path + " END";
      break;
    case Engine::kPostgres: {
      if (std::any_of(keys.begin(), keys.end(), is_place)) refuse(construct);
      if (context_.source_mariadb) {
        note("numbers, objects and arrays within JSON become texts as PostgreSQL spells them");
      }
      std::string list;
      for (const std::string& key : keys) {
        list += (list.empty() ? "{" : ",") + (is_plain(key) ? key : "\"" + key + "\"");
      }
      const std::string array = literal(list + "}");
      const std::string text = document + " #>> " + array;
      sql = !null_is_text ? "(" + text + ")"
                          : "CASE jsonb_typeof(CAST(" + document + " AS jsonb) #> " + array +
                                ") WHEN 'null' THEN 'null' ELSE " + text + " END";
      break;
    }
    case Engine::kMysql: {
      const std::string found = "JSON_EXTRACT(" + document + ", " + path + ")";
      const std::string text = "JSON_UNQUOTE(" + found + ")";
      if (!null_is_text && !context_.target.mariadb) {
        note("numbers within JSON become texts as MySQL spells them (1.5 for 1.50)");
      }
      sql = null_is_text ? text : "IF(JSON_TYPE(" + found + ") = 'NULL', NULL, " + text + ")";
      break;
    }
  }
  Written written = made(std::move(sql), TypeKind::kText);
  written.nullable = true;
  return written;
}

}  // namespace crossload::dialect
