#include "mysql_losses.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>

#include "crossload/base/strings.h"

#include "lexer.h"
#include "mysql_copy.h"

namespace crossload::dialect {
namespace {

std::vector<Token> tokens_of(const std::string& text) {
  std::vector<Token> tokens;
  Lexer lexer(Engine::kMysql, text);
  for (Token token = lexer.next(); token.kind != TokenKind::kEnd; token = lexer.next()) {
    tokens.push_back(token);
  }
  return tokens;
}

bool has_words(const std::vector<Token>& tokens, std::initializer_list<std::string_view> words) {
  return std::search(tokens.begin(), tokens.end(), words.begin(), words.end(),
                     [](const Token& token, std::string_view word) {
                       return token.is_word(word);
                     }) != tokens.end();
}

class Losses {
 public:
  Losses(const Table& table, const TargetTraits& target) : table_(table), target_(target) {}

  std::vector<SchemaWarning> run() {
    const MysqlTableParts parts = parts_of_mysql_table(table_.sql);
    for (const std::string& item : parts.items) look_at_item(tokens_of(item));
    look_at_options(tokens_of(parts.options));
    if (target_.engine == Engine::kMysql) look_at_storage();
    return std::move(warnings_);
  }

 private:
  void tell(const char* type, const std::string& of, const std::string& message) {
    const std::string name = table_.name.display();
    warnings_.push_back({type, of.empty() ? name : name + "." + of, message});
  }

  void look_at_item(const std::vector<Token>& tokens) {
    if (has_words(tokens, {"period", "for"}) && tokens.front().is_word("period")) {
      const bool of_system = has_words(tokens, {"system_time"});
      if (of_system || tokens.size() < 3) return;
      return tell("table", "",
                  "the period " + spelled_name(tokens[2]) +
                      " is left out, and with it FOR PORTION OF it in UPDATE and DELETE");
    }
    std::size_t at = 0;
    const auto is = [&](std::string_view word) {
      return at < tokens.size() && tokens[at].is_word(word);
    };
    if (is("unique") || is("fulltext") || is("spatial")) ++at;
    if (!is("key") || at + 1 >= tokens.size()) return;
    look_at_index(tokens, spelled_name(tokens[at + 1]));
  }

  void look_at_index(const std::vector<Token>& tokens, const std::string& name) {
    if (has_words(tokens, {"without", "overlaps"})) {
      tell("index", name, "takes rows whose periods overlap: WITHOUT OVERLAPS is left out");
    }
    if (has_words(tokens, {"comment"})) tell("comment", name, "the index's comment is left out");
    if (has_words(tokens, {"ignored"}) || has_words(tokens, {"invisible"})) {
      tell("index", name, "is used in the target: the source's server passes over it (INVISIBLE)");
    }
    const auto parser = std::find_if(tokens.begin(), tokens.end(),
                                     [](const Token& token) { return token.is_word("parser"); });
    if (parser != tokens.end() && parser + 1 != tokens.end()) {
      tell("index", name,
           "words are found otherwise: its parser " + spelled_name(parser[1]) + " is left out");
    }
  }

  void look_at_options(const std::vector<Token>& tokens) {
    if (has_words(tokens, {"system", "versioning"})) {
      tell("table", "", "WITH SYSTEM VERSIONING is left out: the target keeps no former rows");
    }
    if (target_.engine != Engine::kMysql) return;
    std::vector<std::string> left_out;
    for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
      if (tokens[i].is_word("partition")) break;
      const bool is_option = tokens[i].is_name() && tokens[i + 1].is_symbol('=');
      if (!is_option || is_kept(ascii_lower(spelled_name(tokens[i])))) continue;
      left_out.push_back(spelled_name(tokens[i]) + "=" + std::string(tokens[i + 2].text));
    }
    if (left_out.empty()) return;
    tell("table", "", "how rows are stored is left out: " + join(left_out, ", "));
  }

  /// Or set by the rows that come (AUTO_INCREMENT).
  static bool is_kept(const std::string& option) {
    constexpr std::array<std::string_view, 5> kKept = {"engine", "charset", "collate", "comment",
                                                       "auto_increment"};
    return std::find(kKept.begin(), kKept.end(), option) != kKept.end();
  }

  void look_at_storage() {
    if (!table_.storage_engine.empty() && !ascii_iequals(table_.storage_engine, "InnoDB")) {
      tell("table", "", "its storage engine becomes InnoDB; it was " + table_.storage_engine);
    }
    if (!target_.mariadb) return;
    for (const Column& column : table_.columns) {
      if (!column.type.srid) continue;
      tell("column", column.name,
           "takes values of any SRID: the source's were held to " +
               std::to_string(*column.type.srid));
    }
  }

  const Table& table_;
  const TargetTraits& target_;
  std::vector<SchemaWarning> warnings_;
};

}  // namespace

std::vector<SchemaWarning> lost_of_mysql(const Table& table, const TargetTraits& target) {
  return Losses(table, target).run();
}

std::vector<SchemaWarning> shared_sequences(const Table& table) {
  std::vector<SchemaWarning> told;
  for (const Column& column : table.columns) {
    const std::string value = column.default_sql.value_or("");
    if (value.find("nextval(") == std::string::npos) continue;
    told.push_back({"default", table.name.display() + "." + column.name,
                    "goes on taking numbers from the source's own sequence: " + value});
  }
  return told;
}

}  // namespace crossload::dialect
