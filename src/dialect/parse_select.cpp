#include <algorithm>
#include <array>
#include <utility>

#include "sql_parser.h"

namespace crossload::dialect {
namespace {

/// Bare words that end a table or a column, so that they are no alias.
constexpr auto kNoAlias =
    std::to_array<std::string_view>({"where",         "group", "having", "order",     "limit",
                                     "offset",        "union", "except", "intersect", "join",
                                     "inner",         "left",  "right",  "full",      "cross",
                                     "natural",       "on",    "using",  "from",      "window",
                                     "fetch",         "for",   "into",   "set",       "returning",
                                     "straight_join", "use",   "force",  "ignore",    "lateral",
                                     "tablesample",   "as",    "end",    "begin",     "when",
                                     "then",          "do",    "with",   "indexed",   "not"});

}  // namespace

bool SqlParser::at_select() const {
  std::size_t ahead = 0;
  while (at_symbol("(", ahead)) ++ahead;
  if (at_word("select", ahead) || at_word("with", ahead)) return true;
  // MySQL's VALUES(column) is a value.
  const bool one_name =
      engine_ == Engine::kMysql && at_symbol(")", ahead + 3) &&
      (word(ahead + 2).kind == WordKind::kWord || word(ahead + 2).kind == WordKind::kName);
  return at_word("values", ahead) && at_symbol("(", ahead + 1) && !one_name;
}

SelectPtr SqlParser::select() {
  const auto windows = windows_;
  SelectPtr made = whole_select();
  windows_ = windows;
  return made;
}

SelectPtr SqlParser::whole_select() {
  auto outer = std::make_unique<Select>();
  if (at_word("with")) with_clause(*outer);
  SelectPtr made = select_arms();
  order_and_limit(*made);
  if (!outer->with.empty()) {
    if (!made->with.empty()) refuse("WITH within WITH");
    made->with = std::move(outer->with);
    made->recursive = outer->recursive;
  }
  return made;
}

void SqlParser::with_clause(Select& select) {
  expect_word("with");
  select.recursive = take_word("recursive");
  do {
    CommonTable table;
    table.name = expect_name();
    if (at_symbol("(")) table.columns = name_list();
    expect_word("as");
    take_word("not");
    take_word("materialized");
    expect_symbol("(");
    if (!at_select()) refuse("WITH of a statement that is no query");
    table.select = this->select();
    expect_symbol(")");
    select.with.push_back(std::move(table));
  } while (take_symbol(","));
}

SelectPtr SqlParser::select_arms() {
  SelectPtr first = select_arm();
  if (!at_word("union") && !at_word("except") && !at_word("intersect")) return first;
  auto made = std::make_unique<Select>();
  made->arms.push_back(std::move(first));
  while (at_word("union") || at_word("except") || at_word("intersect")) {
    std::string op = at_word("union") ? "UNION" : at_word("except") ? "EXCEPT" : "INTERSECT";
    ++at_;
    // INTERSECT binds tighter, but not in SQLite.
    const bool mixed = !made->set_operators.empty() &&
                       (op == "INTERSECT") != made->set_operators.back().starts_with("INTERSECT");
    if (mixed) refuse("INTERSECT beside UNION without brackets");
    if (take_word("all")) {
      op += " ALL";
    } else {
      take_word("distinct");
    }
    made->set_operators.push_back(std::move(op));
    made->arms.push_back(select_arm());
    if (!made->arms.back()->limit && !made->arms.back()->offset) {
      made->arms.back()->order_by.clear();
    }
  }
  return made;
}

SelectPtr SqlParser::select_arm() {
  if (!take_symbol("(")) return core();
  SelectPtr made = select();
  expect_symbol(")");
  // An order of what is put together with others says nothing where it does not choose rows.
  const bool united = at_word("union") || at_word("except") || at_word("intersect");
  if (united && !made->limit && !made->offset) made->order_by.clear();
  return made;
}

SelectPtr SqlParser::core() {
  auto made = std::make_unique<Select>();
  if (take_word("values")) {
    do {
      expect_symbol("(");
      made->values.emplace_back();
      do {
        made->values.back().push_back(expression());
      } while (take_symbol(","));
      expect_symbol(")");
    } while (take_symbol(","));
    return made;
  }
  expect_word("select");
  find_windows();
  made->distinct = take_word("distinct");
  if (made->distinct && at_word("on")) refuse("DISTINCT ON");
  take_word("all");
  if (at_word("straight_join") || at_word("sql_calc_found_rows")) refuse(word().text);
  select_items(*made);
  if (at_word("into")) refuse("SELECT ... INTO");
  if (take_word("from")) {
    // MySQL's table without a table.
    if (!(engine_ == Engine::kMysql && take_word("dual"))) made->from = from_list();
  }
  if (take_word("where")) made->where = expression();
  if (take_words({"group", "by"})) {
    do {
      if (at_word("rollup") || at_word("cube") || at_word("grouping")) refuse(word().text);
      made->group_by.push_back(expression());
    } while (take_symbol(","));
    if (at_word("with")) refuse("WITH ROLLUP");
  }
  if (take_word("having")) made->having = expression();
  if (take_word("window")) pass_windows();
  return made;
}

/// Where the windows stand that the query behind SELECT names at its end.
void SqlParser::find_windows() {
  windows_.clear();
  const std::size_t begin = at_;
  for (int depth = 0; !at_end() && depth >= 0; ++at_) {
    if (at_symbol("(")) ++depth;
    if (at_symbol(")")) --depth;
    if (depth != 0) continue;
    if (at_word("union") || at_word("except") || at_word("intersect")) break;
    // A column may be called so.
    const bool clause = at_word("window") && at_word("as", 2) && at_symbol("(", 3);
    if (!clause) continue;
    ++at_;
    pass_windows();
    break;
  }
  at_ = begin;
}

void SqlParser::pass_windows() {
  do {
    const std::string name = expect_name();
    expect_word("as");
    windows_[name] = at_;
    window();
  } while (take_symbol(","));
}

void SqlParser::select_items(Select& select) {
  do {
    SelectItem item;
    const std::size_t begin = at_;
    item.expr = expression();
    item.text = std::string(text_between(begin, at_));
    item.alias = alias();
    select.items.push_back(std::move(item));
  } while (take_symbol(","));
}

/// [AS] name, empty where there is none.
std::string SqlParser::alias() {
  if (take_word("as")) return expect_name();
  if (word().kind == WordKind::kName) return expect_name();
  if (word().kind == WordKind::kString && engine_ != Engine::kPostgres) return expect_name();
  if (word().kind != WordKind::kWord) return "";
  if (std::find(kNoAlias.begin(), kNoAlias.end(), word().lower) != kNoAlias.end()) return "";
  return expect_name();
}

void SqlParser::order_and_limit(Select& select) {
  if (take_words({"order", "by"})) {
    if (!select.order_by.empty()) refuse("ORDER BY twice");
    select.order_by = order_items();
  }
  // PostgreSQL prints OFFSET before LIMIT.
  if (take_word("offset")) take_offset(select);
  if (take_word("limit")) {
    if (select.limit) refuse("LIMIT twice");
    if (!take_word("all")) select.limit = other_operators();
    if (select.limit && select.limit->kind == ExprKind::kNull) select.limit.reset();
    if (take_symbol(",")) {
      select.offset = std::move(select.limit);
      select.limit = other_operators();
    }
  }
  if (take_word("offset")) take_offset(select);
  if (take_word("fetch")) {
    if (!take_word("first")) expect_word("next");
    select.limit =
        at_word("row") || at_word("rows") ? make_expr(ExprKind::kNumber, "1") : other_operators();
    if (!take_word("rows")) expect_word("row");
    expect_word("only");
  }
  if (at_word("for") || at_word("lock")) refuse("FOR UPDATE");
}

void SqlParser::take_offset(Select& select) {
  select.offset = other_operators();
  if (!take_word("rows")) take_word("row");
}

std::vector<OrderItem> SqlParser::order_items() {
  std::vector<OrderItem> items;
  do {
    OrderItem item;
    item.expr = expression();
    if (take_word("desc")) {
      item.descending = true;
    } else {
      take_word("asc");
    }
    if (at_word("using")) refuse("ORDER BY ... USING");
    if (take_word("nulls")) {
      item.nulls_first = at_word("first");
      if (!take_word("first")) expect_word("last");
    }
    items.push_back(std::move(item));
  } while (take_symbol(","));
  return items;
}

std::vector<std::string> SqlParser::name_list() {
  std::vector<std::string> names;
  expect_symbol("(");
  do {
    names.push_back(expect_name());
  } while (take_symbol(","));
  expect_symbol(")");
  return names;
}

TableName SqlParser::table_name() {
  TableName name{"", expect_name()};
  if (take_symbol(".")) name = {name.name, expect_name()};
  if (at_symbol(".")) refuse("a table of another database");
  return name;
}

std::unique_ptr<FromItem> SqlParser::from_list() {
  // SQLite's comma is a join like the others; elsewhere JOIN binds tighter.
  if (engine_ == Engine::kSqlite) return joined();
  auto left = joined();
  while (take_symbol(",")) {
    auto made = std::make_unique<FromItem>();
    made->join = JoinKind::kComma;
    made->left = std::move(left);
    made->right = joined();
    left = std::move(made);
  }
  return left;
}

std::unique_ptr<FromItem> SqlParser::joined() {
  auto left = from_primary();
  JoinKind kind = JoinKind::kInner;
  bool natural = false;
  while (join_operator(kind, natural)) {
    auto made = std::make_unique<FromItem>();
    made->join = kind;
    made->natural = natural;
    made->left = std::move(left);
    made->right = from_primary();
    join_condition(*made);
    left = std::move(made);
  }
  return left;
}

bool SqlParser::join_operator(JoinKind& kind, bool& natural) {
  const std::size_t before = at_;
  natural = false;
  if (engine_ == Engine::kSqlite && take_symbol(",")) {
    kind = JoinKind::kComma;
    return true;
  }
  natural = take_word("natural");
  kind = JoinKind::kInner;
  if (take_word("left")) {
    kind = JoinKind::kLeft;
  } else if (take_word("right")) {
    kind = JoinKind::kRight;
  } else if (take_word("full")) {
    kind = JoinKind::kFull;
  } else if (take_word("cross")) {
    kind = JoinKind::kCross;
  } else {
    take_word("inner");
  }
  take_word("outer");
  if (take_word("join")) return true;
  if (at_word("straight_join")) refuse("STRAIGHT_JOIN");
  at_ = before;
  return false;
}

void SqlParser::join_condition(FromItem& join) {
  if (take_word("on")) {
    join.on = expression();
  } else if (take_word("using")) {
    join.use = name_list();
  }
}

std::unique_ptr<FromItem> SqlParser::from_primary() {
  auto made = std::make_unique<FromItem>();
  if (take_word("lateral")) refuse("LATERAL");
  if (at_word("only") && !at_symbol(".", 1)) refuse("ONLY");
  if (at_symbol("(")) {
    if (!at_select()) {
      ++at_;
      made = from_list();
      expect_symbol(")");
      if (!alias().empty()) refuse("a name for a join");
      return made;
    }
    const std::size_t before = at_;
    ++at_;
    // ((SELECT ...) AS a JOIN ...) begins like a query.
    if (at_symbol("(")) {
      at_ = before + 1;
      auto inner = from_list();
      expect_symbol(")");
      if (inner->left) return inner;
      refuse("brackets around a query");
    }
    made->select = select();
    expect_symbol(")");
  } else {
    if (word().kind == WordKind::kWord && at_symbol("(", 1)) {
      refuse("the table function " + word().text + "()");
    }
    made->table = table_name();
    if (at_symbol("(")) refuse("a table function");
  }
  made->alias = alias();
  if (!made->alias.empty() && at_symbol("(")) made->column_aliases = name_list();
  if (at_word("tablesample")) refuse("TABLESAMPLE");
  if (at_word("use") || at_word("force") || at_word("ignore")) refuse("an index hint");
  if (at_word("indexed") || (at_word("not") && at_word("indexed", 1))) refuse("INDEXED BY");
  return made;
}

}  // namespace crossload::dialect
