#include "view_text.h"

#include <algorithm>
#include <map>

#include "crossload/base/error.h"
#include "crossload/base/strings.h"
#include "crossload/dialect/dialect.h"

#include "sql_parser.h"
#include "translator.h"
#include "tree_walk.h"

namespace crossload::dialect {
namespace {

/// What a CREATE VIEW says.
struct ViewTree {
  std::vector<std::string> columns;
  SelectPtr select;
  std::string check;  ///< "CASCADED" or "LOCAL" of a CHECK OPTION, else empty.
  std::map<std::string, std::string> options;  ///< PostgreSQL's and their values, in lower case.
  bool invoker = false;  ///< It is read with the rights of who reads it, not of who made it.
};

void read_options(SqlParser& parser, ViewTree& view) {
  parser.expect_symbol("(");
  while (!parser.take_symbol(")")) {
    const std::string name = ascii_lower(parser.expect_name());
    std::string value = "true";
    if (parser.take_symbol("=")) {
      value = ascii_lower(parser.word().text);
      parser.skip();
    }
    if (name == "check_option") {
      view.check = value == "local" ? "LOCAL" : "CASCADED";
    } else if (name == "security_invoker") {
      view.invoker = value == "true" || value == "on" || value == "1";
    }
    view.options[name] = value;
    parser.take_symbol(",");
  }
}

ViewTree read_view(Engine engine, std::string_view sql) {
  SqlParser parser(engine, sql);
  ViewTree view;
  // ALGORITHM, DEFINER, SQL SECURITY, TEMP, MATERIALIZED: who may read it and how, not what it is.
  while (!parser.at_word("view")) {
    if (parser.at_end()) parser.refuse_word();
    if (parser.at_word("recursive")) parser.refuse("RECURSIVE VIEW");
    if (parser.at_word("security") && parser.at_word("invoker", 1)) view.invoker = true;
    parser.skip();
  }
  parser.skip();
  parser.take_words({"if", "not", "exists"});
  parser.table_name();
  if (parser.at_symbol("(")) view.columns = parser.name_list();
  if (engine == Engine::kPostgres && parser.take_word("with")) read_options(parser, view);
  parser.expect_word("as");
  view.select = parser.select();
  if (parser.take_word("with")) {
    const bool local = parser.take_word("local");
    if (!local) parser.take_word("cascaded");
    if (parser.take_words({"check", "option"})) view.check = local ? "LOCAL" : "CASCADED";
    if (parser.take_word("no")) parser.expect_word("data");
  }
  parser.expect_end();
  return view;
}

std::size_t height_of(const Expr& expr) {
  std::size_t most = 0;
  for (const ExprPtr& each : expr.args) most = std::max(most, height_of(*each));
  return most + 1;
}

/// Source: sqlite.org "Implementation Limits For SQLite", SQLITE_MAX_EXPR_DEPTH: 1,000. What a
/// translation puts around its parts needs some of them.
bool is_too_high_for_sqlite(const Select& select) {
  constexpr std::size_t kMost = 900;
  std::size_t most = 0;
  walk_query(select, [&](const Expr& expr) { most = std::max(most, height_of(expr)); });
  return most > kMost;
}

std::string options_text(const ViewTree& view) {
  std::string text;
  for (const auto& [name, value] : view.options) {
    text += (text.empty() ? " WITH (" : ", ") + name + "=" + value;
  }
  return text.empty() ? text : text + ")";
}

/// SQLite's views take no rows, and nobody has rights there.
void add_losses(const ViewTree& view, Engine target, std::vector<std::string>& notes) {
  if (target == Engine::kSqlite) return;
  if (!view.check.empty() && target != Engine::kMysql) {
    notes.push_back("WITH CHECK OPTION is left out");
  }
  if (view.invoker && target != Engine::kMysql) {
    notes.push_back("is read with the rights of its owner, not of who reads it");
  }
  if (view.options.contains("security_barrier")) {
    notes.push_back("security_barrier is left out: what a query calls may see rows that it hides");
  }
}

}  // namespace

ViewTranslation translate_view(std::string_view sql, const TableName& name,
                               const TableName& target_name, const TranslationContext& context) {
  ViewTranslation result;
  try {
    const ViewTree view = read_view(context.source, sql);
    if (context.target.engine == Engine::kSqlite && is_too_high_for_sqlite(*view.select)) {
      result.reason = "SQLite takes no expression of a thousand operators in each other";
      return result;
    }
    Translator translator(context);
    std::vector<OutputColumn> outputs;
    const std::string body = translator.query(*view.select, Scope{}, &outputs);
    result.known = translator.table_of(name, outputs, view.columns);
    result.known.target_name = target_name;
    const Dialect& dialect = dialect_for(context.target.engine);
    std::string columns;
    for (const std::string& each : view.columns) {
      columns += (columns.empty() ? "" : ", ") + dialect.quote(std::string_view(each));
    }
    const bool to_mysql = context.target.engine == Engine::kMysql;
    const bool same_postgres =
        context.source == Engine::kPostgres && context.target.engine == Engine::kPostgres;
    result.sql = std::string("CREATE ") +
                 (to_mysql && view.invoker ? "SQL SECURITY INVOKER " : "") + "VIEW " +
                 dialect.quote(target_name) + (columns.empty() ? "" : " (" + columns + ")") +
                 (same_postgres ? options_text(view) : "") + " AS\n" + body +
                 (to_mysql && !view.check.empty() ? "\nWITH " + view.check + " CHECK OPTION" : "");
    result.notes = translator.notes();
    if (!same_postgres) add_losses(view, context.target.engine, result.notes);
  } catch (const Error& error) {
    result.reason = error.message() + " has no translation";
  }
  return result;
}

std::string without_definer(std::string_view sql) {
  Lexer lexer(Engine::kMysql, sql);
  Token token = lexer.next();
  while (token.kind != TokenKind::kEnd && !token.is_word("definer")) {
    // It stands before the kind of object.
    for (const std::string_view kind : {"view", "trigger", "function", "procedure", "event"}) {
      if (token.is_word(kind)) return std::string(sql);
    }
    token = lexer.next();
  }
  if (token.kind == TokenKind::kEnd) return std::string(sql);
  const std::size_t begin = token.offset;
  lexer.next();  // =
  token = lexer.next();
  token = lexer.next();
  if (token.is_symbol('@')) {
    lexer.next();
    token = lexer.next();
  } else if (token.is_symbol('(')) {  // CURRENT_USER()
    lexer.next();
    token = lexer.next();
  }
  return std::string(sql.substr(0, begin)) + std::string(sql.substr(token.offset));
}

}  // namespace crossload::dialect
