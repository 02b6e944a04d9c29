#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "sql_parser.h"

namespace crossload::dialect {
namespace {

template <std::size_t N>
bool is_one_of(const std::string& word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Words that never begin a value.
constexpr auto kReserved = std::to_array<std::string_view>(
    {"select", "from",      "where", "group", "having", "order", "limit",   "offset", "union",
     "except", "intersect", "join",  "on",    "using",  "and",   "or",      "then",   "when",
     "else",   "end",       "as",    "in",    "is",     "like",  "between", "set",    "into"});

/// What the frame of a window is made of, beside numbers.
constexpr auto kFrameWords = std::to_array<std::string_view>(
    {"rows", "range", "between", "unbounded", "preceding", "following", "and", "current", "row"});

/// Calls that are written without brackets.
constexpr auto kBareCalls = std::to_array<std::string_view>(
    {"current_timestamp", "current_date", "current_time", "localtime", "localtimestamp",
     "current_user", "session_user", "utc_timestamp", "utc_date", "utc_time"});

}  // namespace

ExprPtr SqlParser::primary() {
  const Word& seen = word();
  switch (seen.kind) {
    case WordKind::kNumber:
    case WordKind::kString:
    case WordKind::kBlob:
    case WordKind::kBits:
      return literal_or_name();
    case WordKind::kName:
      return name_or_call();
    case WordKind::kWord:
      return word_primary();
    case WordKind::kSymbol:
      if (seen.text == "(") return parenthesized();
      if (seen.text == "*") {
        ++at_;
        return make_expr(ExprKind::kStar);
      }
      if (seen.text == "@") refuse("a session variable");
      if (seen.text == "?" || seen.text == ":" || seen.text == "$") refuse("a parameter");
      refuse_word();
    default:
      refuse_word();
  }
}

ExprPtr SqlParser::literal_or_name() {
  const Word& seen = word();
  const ExprKind kind = seen.kind == WordKind::kNumber   ? ExprKind::kNumber
                        : seen.kind == WordKind::kString ? ExprKind::kString
                        : seen.kind == WordKind::kBlob   ? ExprKind::kBlob
                                                         : ExprKind::kBits;
  ExprPtr made = make_expr(kind, seen.text);
  ++at_;
  // Texts side by side are one, except in SQLite.
  while (kind == ExprKind::kString && engine_ != Engine::kSqlite &&
         word().kind == WordKind::kString) {
    made->text += word().text;
    ++at_;
  }
  return made;
}

ExprPtr SqlParser::parenthesized() {
  expect_symbol("(");
  ExprPtr made;
  if (at_select()) {
    made = make_expr(ExprKind::kSubquery);
    made->select = select();
  } else {
    made = expression();
    if (at_symbol(",")) {
      ExprPtr row = make_expr(ExprKind::kRow);
      row->args.push_back(std::move(made));
      while (take_symbol(",")) row->args.push_back(expression());
      made = std::move(row);
    }
  }
  expect_symbol(")");
  if (at_symbol(".")) refuse("a field of a composite value");
  return made;
}

ExprPtr SqlParser::word_primary() {
  const std::string name = word().lower;
  const bool calls = at_symbol("(", 1);
  if (name == "null") {
    ++at_;
    return make_expr(ExprKind::kNull);
  }
  if ((name == "true" || name == "false") && !at_symbol(".", 1)) {
    ++at_;
    return make_expr(ExprKind::kBoolean, name);
  }
  if (name == "case") return case_expression();
  if (name == "not" && at_word("exists", 1)) {
    ++at_;
    ExprPtr made = primary();
    made->negated = !made->negated;
    return made;
  }
  if (name == "exists" && calls) {
    at_ += 2;
    ExprPtr made = make_expr(ExprKind::kExists);
    made->select = select();
    expect_symbol(")");
    return made;
  }
  if (name == "cast" && calls) return cast_expression();
  if (name == "interval") return interval_expression();
  if (name == "array" && engine_ == Engine::kPostgres) return array_expression();
  if (name == "row" && calls) {
    ++at_;
    return parenthesized();
  }
  if (name == "binary" && engine_ == Engine::kMysql) refuse("BINARY");
  if (name == "match" && calls) refuse("MATCH ... AGAINST");
  const bool typed =
      name == "date" || name == "time" || name == "timestamp" || name == "timestamptz";
  if (typed && word(1).kind == WordKind::kString && engine_ != Engine::kSqlite) {
    ++at_;
    ExprPtr made = make_expr(ExprKind::kCast);
    made->type.name = name;
    made->args.push_back(literal_or_name());
    return made;
  }
  if (calls) {
    if (name == "convert" && engine_ == Engine::kMysql) return convert_expression();
    if (name == "extract") return extract_expression();
    if (name == "substring" || name == "substr" || name == "mid") return substring_expression();
    if (name == "trim") return trim_expression();
    if (name == "position") return position_expression();
    if (name == "group_concat" && engine_ == Engine::kMysql) return group_concat();
    if ((name == "values" || name == "value") && engine_ == Engine::kMysql) return inserted_value();
    if (name == "overlay" || name == "char" || name == "weight_string") refuse(word().text);
  }
  if (!calls && is_one_of(name, kBareCalls)) {
    ++at_;
    return make_expr(ExprKind::kCall, name);
  }
  if (!calls && is_one_of(name, kReserved)) refuse_word();
  return name_or_call();
}

ExprPtr SqlParser::name_or_call() {
  ExprPtr made = make_expr(ExprKind::kColumn);
  const bool sqlite_text = engine_ == Engine::kSqlite && word().double_quoted;
  for (;;) {
    made->quoted.push_back(word().kind == WordKind::kName);
    made->path.push_back(expect_name());
    if (!take_symbol(".")) break;
    if (take_symbol("*")) {
      made->kind = ExprKind::kStar;
      return made;
    }
  }
  if (at_symbol("(")) {
    // pg_catalog.lower(x)
    const bool known =
        made->path.size() == 1 || (made->path.size() == 2 && made->path[0] == "pg_catalog");
    if (!known) refuse("the function " + made->path[0] + "." + made->path[1] + "()");
    std::string name = made->path.back();
    for (char& c : name) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return call(name);
  }
  // SQLite reads "x" as a text where no column is called so.
  made->by_blanks = sqlite_text && made->path.size() == 1;
  return made;
}

ExprPtr SqlParser::call(const std::string& name) {
  ExprPtr made = make_expr(ExprKind::kCall, name);
  expect_symbol("(");
  if (take_symbol("*")) {
    made->args.push_back(make_expr(ExprKind::kStar));
  } else if (!at_symbol(")")) {
    made->distinct = take_word("distinct");
    take_word("all");
    do {
      made->args.push_back(at_select() ? nullptr : expression());
      if (!made->args.back()) refuse("a query as argument");
      if (at_symbol("=>") || at_symbol(":=")) refuse("arguments by name");
    } while (take_symbol(","));
    if (take_words({"order", "by"})) made->order = order_items();
    if (at_word("separator")) refuse("SEPARATOR");
  }
  expect_symbol(")");
  call_tail(*made);
  return made;
}

void SqlParser::call_tail(Expr& call) {
  if (at_word("within")) refuse("WITHIN GROUP");
  if (at_word("filter") && at_symbol("(", 1)) {
    at_ += 2;
    expect_word("where");
    call.filter = expression();
    expect_symbol(")");
  }
  if (take_word("over")) {
    call.window = at_symbol("(") ? window() : named_window(expect_name());
  }
}

/// What stands behind WINDOW, read again for each use.
std::unique_ptr<Window> SqlParser::named_window(const std::string& name) {
  const auto found = windows_.find(name);
  if (found == windows_.end()) refuse("a named window");
  const std::size_t before = std::exchange(at_, found->second);
  std::unique_ptr<Window> made = window();
  at_ = before;
  return made;
}

std::unique_ptr<Window> SqlParser::window() {
  expect_symbol("(");
  auto made = std::make_unique<Window>();
  if (take_words({"partition", "by"})) {
    do {
      made->partition.push_back(expression());
    } while (take_symbol(","));
  }
  if (take_words({"order", "by"})) made->order = order_items();
  while (!at_symbol(")")) {
    if (at_word("exclude") || at_word("groups")) refuse(word().text + " in a window");
    const bool known = word().kind == WordKind::kWord && is_one_of(word().lower, kFrameWords);
    if (!known && word().kind != WordKind::kNumber) refuse("a window made of another");
    std::string upper = word().text;
    for (char& c : upper) {
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    made->frame += (made->frame.empty() ? "" : " ") + upper;
    ++at_;
  }
  expect_symbol(")");
  return made;
}

ExprPtr SqlParser::case_expression() {
  expect_word("case");
  ExprPtr made = make_expr(ExprKind::kCase);
  if (!at_word("when")) {
    made->has_operand = true;
    made->args.push_back(expression());
  }
  while (take_word("when")) {
    made->args.push_back(expression());
    expect_word("then");
    made->args.push_back(expression());
  }
  if (take_word("else")) {
    made->has_else = true;
    made->args.push_back(expression());
  }
  expect_word("end");
  return made;
}

ExprPtr SqlParser::cast_expression() {
  expect_word("cast");
  expect_symbol("(");
  ExprPtr made = make_expr(ExprKind::kCast);
  made->args.push_back(expression());
  expect_word("as");
  made->type = cast_type();
  if (at_word("charset") || at_word("character")) {
    at_ += at_word("character") ? std::size_t{2} : std::size_t{1};
    expect_name();
  }
  expect_symbol(")");
  return made;
}

ExprPtr SqlParser::convert_expression() {
  expect_word("convert");
  expect_symbol("(");
  ExprPtr value = expression();
  if (take_word("using")) {
    const std::string charset = expect_name();
    expect_symbol(")");
    if (!charset.starts_with("utf8")) refuse("CONVERT(... USING " + charset + ")");
    return value;
  }
  expect_symbol(",");
  ExprPtr made = make_expr(ExprKind::kCast);
  made->args.push_back(std::move(value));
  made->type = cast_type();
  expect_symbol(")");
  return made;
}

CastType SqlParser::cast_type() {
  static constexpr auto kEnds = std::to_array<std::string_view>(
      {"and",       "or",      "as",      "then",   "when",     "else",  "end",   "is",
       "in",        "like",    "between", "from",   "where",    "order", "group", "not",
       "collate",   "charset", "asc",     "desc",   "at",       "union", "limit", "having",
       "separator", "over",    "on",      "join",   "left",     "inner", "for",   "filter",
       "ilike",     "nulls",   "using",   "except", "intersect"});
  CastType type;
  const auto take_part = [&] {
    type.name += (type.name.empty() ? "" : " ") +
                 (word().kind == WordKind::kWord ? word().lower : word().text);
    ++at_;
  };
  if (word().kind != WordKind::kWord && word().kind != WordKind::kName) refuse_word();
  take_part();
  while (take_symbol(".")) {
    type.name.clear();
    take_part();
  }
  const auto more_words = [&] {
    // Only these types have several words.
    static constexpr auto kMore =
        std::to_array<std::string_view>({"varying", "precision", "with", "without", "time", "zone",
                                         "unsigned", "signed", "integer", "int"});
    while (word().kind == WordKind::kWord && !is_one_of(word().lower, kEnds) &&
           is_one_of(word().lower, kMore)) {
      take_part();
    }
  };
  more_words();
  if (take_symbol("(")) {
    do {
      int size = 0;
      const std::string& digits = word().text;
      const auto [end, failure] =
          std::from_chars(digits.data(), digits.data() + digits.size(), size);
      if (failure != std::errc() || end != digits.data() + digits.size()) refuse_word();
      type.sizes.push_back(size);
      ++at_;
    } while (take_symbol(","));
    expect_symbol(")");
  }
  more_words();
  while (engine_ == Engine::kPostgres && take_symbol("[")) {
    expect_symbol("]");
    type.array = true;
  }
  return type;
}

ExprPtr SqlParser::interval_expression() {
  expect_word("interval");
  ExprPtr made = make_expr(ExprKind::kInterval);
  if (engine_ == Engine::kPostgres) {
    if (word().kind != WordKind::kString) refuse("INTERVAL");
    made->args.push_back(literal_or_name());
    return made;
  }
  if (engine_ == Engine::kSqlite) refuse("INTERVAL");
  made->args.push_back(other_operators());
  if (word().kind != WordKind::kWord) refuse("INTERVAL");
  made->text = word().lower;
  ++at_;
  return made;
}

ExprPtr SqlParser::extract_expression() {
  expect_word("extract");
  expect_symbol("(");
  ExprPtr made = make_expr(ExprKind::kCall, "extract");
  made->args.push_back(
      make_expr(ExprKind::kString, word().lower.empty() ? word().text : word().lower));
  ++at_;
  expect_word("from");
  made->args.push_back(expression());
  expect_symbol(")");
  return made;
}

ExprPtr SqlParser::substring_expression() {
  ++at_;
  expect_symbol("(");
  ExprPtr made = make_expr(ExprKind::kCall, "substr");
  made->args.push_back(expression());
  if (take_word("from")) {
    made->args.push_back(expression());
    if (take_word("for")) made->args.push_back(expression());
  } else {
    if (at_word("for") || at_word("similar")) refuse("SUBSTRING");
    while (take_symbol(",")) made->args.push_back(expression());
  }
  expect_symbol(")");
  return made;
}

ExprPtr SqlParser::trim_expression() {
  expect_word("trim");
  expect_symbol("(");
  std::string name = "trim";
  if (take_word("leading")) name = "ltrim";
  if (take_word("trailing")) name = "rtrim";
  take_word("both");
  ExprPtr made = make_expr(ExprKind::kCall);
  ExprPtr characters;
  if (!take_word("from")) {
    ExprPtr first = expression();
    if (take_word("from")) {
      characters = std::move(first);
      made->args.push_back(expression());
    } else {
      made->args.push_back(std::move(first));
      if (take_symbol(",")) characters = expression();
    }
  } else {
    made->args.push_back(expression());
  }
  expect_symbol(")");
  // MySQL's takes a word away, those of the others any of its characters.
  made->text = name;
  if (characters) {
    if (engine_ == Engine::kMysql &&
        (characters->kind != ExprKind::kString || characters->text.size() != 1)) {
      refuse("TRIM of more than one character");
    }
    made->args.push_back(std::move(characters));
  }
  return made;
}

ExprPtr SqlParser::position_expression() {
  expect_word("position");
  expect_symbol("(");
  ExprPtr made = make_expr(ExprKind::kCall, "position");
  made->args.push_back(other_operators());
  expect_word("in");
  made->args.push_back(other_operators());
  expect_symbol(")");
  return made;
}

ExprPtr SqlParser::group_concat() {
  expect_word("group_concat");
  expect_symbol("(");
  ExprPtr made = make_expr(ExprKind::kCall, "group_concat");
  made->distinct = take_word("distinct");
  ExprPtr value = expression();
  if (at_symbol(",")) {
    // Several values are put side by side.
    ExprPtr joined = make_expr(ExprKind::kCall, "concat");
    joined->args.push_back(std::move(value));
    while (take_symbol(",")) joined->args.push_back(expression());
    value = std::move(joined);
  }
  made->args.push_back(std::move(value));
  if (take_words({"order", "by"})) made->order = order_items();
  std::string separator = ",";
  if (take_word("separator")) {
    if (word().kind != WordKind::kString) refuse_word();
    separator = word().text;
    ++at_;
  }
  made->args.push_back(make_expr(ExprKind::kString, separator));
  if (at_word("limit")) refuse("LIMIT in GROUP_CONCAT");
  expect_symbol(")");
  call_tail(*made);
  return made;
}

/// VALUES(column) of MySQL, as the others name it: of the row that was to be inserted.
ExprPtr SqlParser::inserted_value() {
  at_ += 2;
  ExprPtr made = make_expr(ExprKind::kColumn);
  made->path = {"excluded", expect_name()};
  made->quoted = {false, true};
  expect_symbol(")");
  return made;
}

ExprPtr SqlParser::array_expression() {
  expect_word("array");
  if (!take_symbol("[")) refuse("ARRAY");
  ExprPtr made = make_expr(ExprKind::kArray);
  if (!at_symbol("]")) {
    do {
      made->args.push_back(expression());
    } while (take_symbol(","));
  }
  expect_symbol("]");
  return made;
}

}  // namespace crossload::dialect
