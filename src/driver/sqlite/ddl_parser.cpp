#include "ddl_parser.h"

#include "ddl_tokens.h"

namespace crossload::driver::sqlite {
namespace {

// One item of a CREATE TABLE's list: a column with its constraints, or table constraints.
class ItemParser {
 public:
  ItemParser(const DdlTokens& tokens, std::size_t begin, std::size_t end, TableText& result)
      : tokens_(tokens), at_(begin), end_(end), result_(result) {}

  void parse() {
    if (!starts_table_constraint()) column_ = tokens_.name(at_++);
    while (at_ < end_) parse_next();
  }

 private:
  bool starts_table_constraint() const {
    for (const char* word : {"CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"}) {
      if (tokens_.is_word(at_, word)) return true;
    }
    return false;
  }

  void parse_next() {
    if (take("CONSTRAINT")) {
      name_ = tokens_.name(at_++);
    } else if (take("CHECK")) {
      result_.checks.push_back({take_name(), group_text()});
    } else if (take("FOREIGN")) {
      take("KEY");
      open_key(take_name(), name_list());
    } else if (take("REFERENCES")) {
      parse_references();
    } else if (take("AS")) {
      result_.generated.push_back({column_, group_text()});
    } else if (take("DEFAULT")) {
      skip_default();
    } else if (take("DEFERRABLE")) {
      parse_deferrable();
    } else if (tokens_.is_symbol(at_, '(')) {
      at_ = tokens_.after_group(at_);
    } else {
      if (tokens_.is_word(at_, "UNIQUE") || tokens_.is_word(at_, "PRIMARY") ||
          tokens_.is_word(at_, "NULL") || tokens_.is_word(at_, "COLLATE")) {
        name_.clear();
      }
      ++at_;
    }
  }

  bool take(std::string_view word) {
    if (at_ >= end_ || !tokens_.is_word(at_, word)) return false;
    ++at_;
    return true;
  }

  std::string take_name() {
    std::string name;
    name.swap(name_);
    return name;
  }

  // The text in the parentheses at the cursor.
  std::string group_text() {
    if (!tokens_.is_symbol(at_, '(')) return {};
    const std::size_t open = at_;
    at_ = tokens_.after_group(open);
    return tokens_.text_between(open + 1, at_ - 1);
  }

  std::vector<std::string> name_list() {
    std::vector<std::string> names;
    if (!tokens_.is_symbol(at_, '(')) return names;
    const std::size_t close = tokens_.after_group(at_);
    for (++at_; at_ + 1 < close; ++at_) {
      if (!tokens_.is_symbol(at_, ',')) names.push_back(tokens_.name(at_));
    }
    at_ = close;
    return names;
  }

  void open_key(std::string name, std::vector<std::string> columns) {
    ForeignKey key;
    key.name = std::move(name);
    key.columns = std::move(columns);
    result_.foreign_keys.push_back(std::move(key));
    key_is_open_ = true;
  }

  void parse_references() {
    if (!key_is_open_) open_key(take_name(), {column_});
    key_is_open_ = false;
    ForeignKey& key = result_.foreign_keys.back();
    key.referenced_table.name = tokens_.name(at_++);
    key.referenced_columns = name_list();
  }

  void parse_deferrable() {
    if (result_.foreign_keys.empty()) return;
    ForeignKey& key = result_.foreign_keys.back();
    // [NOT] DEFERRABLE [INITIALLY {DEFERRED | IMMEDIATE}]
    key.deferrable = !tokens_.is_word(at_ - 2, "NOT");
    if (take("INITIALLY"))
      key.initially_deferred = key.deferrable && tokens_.is_word(at_, "DEFERRED");
  }

  void skip_default() {
    if (tokens_.is_symbol(at_, '(')) {
      at_ = tokens_.after_group(at_);
      return;
    }
    while (tokens_.is_symbol(at_, '+') || tokens_.is_symbol(at_, '-')) ++at_;
    ++at_;
  }

  const DdlTokens& tokens_;
  std::size_t at_;
  std::size_t end_;
  TableText& result_;
  std::string column_;
  std::string name_;
  bool key_is_open_ = false;
};

// The first parenthesis that is not inside quotes; size() where there is none.
std::size_t first_group(const DdlTokens& tokens) {
  std::size_t at = 0;
  while (at < tokens.size() && !tokens.is_symbol(at, '(')) ++at;
  return at;
}

// The ends of the items between commas in the parentheses at `open`.
std::vector<std::size_t> item_ends(const DdlTokens& tokens, std::size_t open) {
  std::vector<std::size_t> ends;
  const std::size_t close = tokens.after_group(open) - 1;
  std::size_t at = open + 1;
  while (at < close) {
    if (tokens.is_symbol(at, ',')) ends.push_back(at);
    at = tokens.is_symbol(at, '(') ? tokens.after_group(at) : at + 1;
  }
  ends.push_back(close);
  return ends;
}

// Names may be words like "after": what follows CREATE TRIGGER [IF NOT EXISTS] [schema.] is one.
std::size_t behind_trigger_name(const DdlTokens& tokens) {
  std::size_t at = 0;
  while (at < tokens.size() && !tokens.is_word(at, "TRIGGER")) ++at;
  ++at;
  if (tokens.is_word(at, "IF") && tokens.is_word(at + 1, "NOT")) at += 3;
  return tokens.is_symbol(at + 1, '.') ? at + 3 : at + 1;
}

}  // namespace

TableText parse_create_table(std::string_view sql) {
  TableText result;
  const DdlTokens tokens(sql);
  const std::size_t open = first_group(tokens);
  if (open >= tokens.size()) return result;
  std::size_t begin = open + 1;
  for (const std::size_t end : item_ends(tokens, open)) {
    if (begin < end) ItemParser(tokens, begin, end, result).parse();
    begin = end + 1;
  }
  return result;
}

IndexText parse_create_index(std::string_view sql) {
  IndexText result;
  const DdlTokens tokens(sql);
  const std::size_t open = first_group(tokens);
  if (open >= tokens.size()) return result;
  std::size_t begin = open + 1;
  for (std::size_t end : item_ends(tokens, open)) {
    const std::size_t next = end + 1;
    if (end > begin && (tokens.is_word(end - 1, "ASC") || tokens.is_word(end - 1, "DESC"))) --end;
    if (end >= begin + 2 && tokens.is_word(end - 2, "COLLATE")) end -= 2;
    result.parts.push_back(tokens.text_between(begin, end));
    begin = next;
  }
  const std::size_t behind = tokens.after_group(open);
  if (tokens.is_word(behind, "WHERE")) {
    std::size_t end = tokens.size();
    if (tokens.is_symbol(end - 1, ';')) --end;
    result.where = tokens.text_between(behind + 1, end);
  }
  return result;
}

TriggerText parse_create_trigger(std::string_view sql) {
  TriggerText result;
  const DdlTokens tokens(sql);
  for (std::size_t at = behind_trigger_name(tokens); at < tokens.size(); ++at) {
    if (tokens.is_word(at, "BEFORE") || tokens.is_word(at, "AFTER")) {
      result.timing = tokens.is_word(at, "AFTER") ? "AFTER" : "BEFORE";
    } else if (tokens.is_word(at, "INSTEAD")) {
      result.timing = "INSTEAD OF";
    }
    for (const char* event : {"DELETE", "INSERT", "UPDATE"}) {
      if (!tokens.is_word(at, event)) continue;
      result.event = event;
      return result;
    }
  }
  return result;
}

}  // namespace crossload::driver::sqlite
