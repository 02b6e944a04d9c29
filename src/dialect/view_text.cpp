#include "view_text.h"

#include "crossload/base/error.h"
#include "crossload/dialect/dialect.h"

#include "sql_parser.h"
#include "translator.h"

namespace crossload::dialect {
namespace {

/// What a CREATE VIEW says.
struct ViewTree {
  std::vector<std::string> columns;
  SelectPtr select;
  bool checked = false;  ///< WITH CHECK OPTION.
};

ViewTree read_view(Engine engine, std::string_view sql) {
  SqlParser parser(engine, sql);
  ViewTree view;
  // ALGORITHM, DEFINER, SQL SECURITY, TEMP, MATERIALIZED: who may read it and how, not what it is.
  while (!parser.at_word("view")) {
    if (parser.at_end()) parser.refuse_word();
    if (parser.at_word("recursive")) parser.refuse("RECURSIVE VIEW");
    parser.skip();
  }
  parser.skip();
  parser.take_words({"if", "not", "exists"});
  parser.table_name();
  if (parser.at_symbol("(")) view.columns = parser.name_list();
  if (engine == Engine::kPostgres && parser.take_word("with")) {
    while (!parser.at_end() && !parser.at_word("as")) parser.skip();
  }
  parser.expect_word("as");
  view.select = parser.select();
  if (parser.take_word("with")) {
    if (!parser.take_word("cascaded")) parser.take_word("local");
    view.checked = parser.take_words({"check", "option"});
    if (parser.take_word("no")) parser.expect_word("data");
  }
  parser.expect_end();
  return view;
}

}  // namespace

ViewTranslation translate_view(std::string_view sql, const TableName& name,
                               const TableName& target_name, const TranslationContext& context) {
  ViewTranslation result;
  try {
    const ViewTree view = read_view(context.source, sql);
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
    result.sql = "CREATE VIEW " + dialect.quote(target_name) +
                 (columns.empty() ? "" : " (" + columns + ")") + " AS\n" + body;
    result.notes = translator.notes();
    if (view.checked) result.notes.push_back("WITH CHECK OPTION is left out");
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
