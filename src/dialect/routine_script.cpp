#include <algorithm>
#include <set>
#include <utility>

#include "crossload/base/strings.h"

#include "lexer.h"
#include "object_script.h"
#include "trigger_tree.h"
#include "view_text.h"

namespace crossload::dialect {
namespace {

/// The words between the name and the body: arguments and what is returned.
std::set<std::string> signature_words(const std::string& sql) {
  std::set<std::string> words;
  Lexer lexer(Engine::kPostgres, sql);
  for (Token token = lexer.next(); token.kind != TokenKind::kEnd; token = lexer.next()) {
    if (token.is_word("as") || token.kind == TokenKind::kString || token.is_word("begin")) break;
    if (token.is_name()) words.insert(ascii_lower(spelled_name(token)));
  }
  return words;
}

std::string language_of(const std::string& sql) {
  Lexer lexer(Engine::kPostgres, sql);
  for (Token token = lexer.next(); token.kind != TokenKind::kEnd; token = lexer.next()) {
    if (token.is_word("language")) return ascii_lower(spelled_name(lexer.next()));
  }
  return "sql";
}

class RoutineScript {
 public:
  explicit RoutineScript(ObjectCopy& copy) : copy_(copy) {}

  void run() {
    const bool keeps = copy_.same_engine() && copy_.tables.keeps_names();
    if (!keeps) return skip_all();
    copy_.source.engine == Engine::kPostgres ? add_postgres() : add_mysql();
  }

 private:
  static const char* type_of(const Routine& routine) {
    return routine.is_function ? "function" : "stored_procedure";
  }

  void skip_all() {
    for (const Routine& routine : copy_.source.routines) {
      // A trigger's function goes with the trigger.
      if (!copy_.everything || fires(routine)) continue;
      copy_.skip(type_of(routine), routine.name.display(),
                 copy_.same_engine() ? "tables of the copy have other names, which its text does "
                                       "not follow"
                                     : "routines are not translated between engines",
                 routine.sql);
    }
  }

  SchemaItem item_of(const Routine& routine) const {
    SchemaItem item;
    item.type = type_of(routine);
    item.name = routine.name.display();
    item.sql = without_definer(routine.sql);
    // What the target has under the name is not for a copy to replace.
    constexpr std::string_view kReplaces = "CREATE OR REPLACE ";
    if (item.sql.starts_with(kReplaces)) item.sql.replace(0, kReplaces.size(), "CREATE ");
    return item;
  }

  /// Their bodies are looked at when they run.
  void add_mysql() {
    if (!copy_.everything) return;
    for (const Routine& routine : copy_.source.routines) {
      const bool whole = ascii_lower(routine.sql.substr(0, 6)) == "create";
      if (!whole) {
        copy_.skip(type_of(routine), routine.name.display(),
                   "its text is not there for this user to read", routine.sql);
        continue;
      }
      copy_.script.tables.push_back(item_of(routine));
    }
  }

  /// Tables may use functions in defaults and checks, functions may take and give rows of tables
  /// and views. What a body uses is not looked at before it runs.
  void add_postgres() {
    std::vector<SchemaItem> early;
    std::vector<SchemaItem> late;
    std::vector<SchemaItem> last;
    for (const Routine& routine : copy_.source.routines) {
      if (copy_.is_made(routine) || (!copy_.everything && !fires(routine))) continue;
      const std::string language = language_of(routine.sql);
      if (language != "sql" && language != "plpgsql") {
        copy_.skip(type_of(routine), routine.name.display(),
                   "its language " + language + " may not be there in the target", routine.sql);
        continue;
      }
      copy_.need_schema(routine.name.schema);
      const std::set<std::string> words = signature_words(routine.sql);
      auto& place = names_view(words) ? last : names_table(words) ? late : early;
      place.push_back(item_of(routine));
    }
    if (early.empty() && late.empty() && last.empty()) return;
    auto& tables = copy_.script.tables;
    SchemaItem unchecked;
    unchecked.type = "setting";
    unchecked.name = "check_function_bodies";
    unchecked.sql = "SET check_function_bodies = off";
    early.insert(early.begin(), unchecked);
    const auto first_table = std::find_if(
        tables.begin(), tables.end(), [](const SchemaItem& item) { return item.type == "table"; });
    tables.insert(first_table, early.begin(), early.end());
    tables.insert(tables.end(), late.begin(), late.end());
    auto& views = copy_.script.views;
    views.insert(views.end(), last.begin(), last.end());
  }

  /// It is what a trigger of a copied table calls.
  bool fires(const Routine& routine) const {
    if (copy_.source.engine != Engine::kPostgres) return false;
    for (const Table& table : copy_.source.tables) {
      if (copy_.tables.find(table.name) == nullptr) continue;
      for (const Trigger& trigger : table.triggers) {
        if (trigger_function(trigger.sql).name == routine.name.name) return true;
      }
    }
    return false;
  }

  bool names_table(const std::set<std::string>& words) const {
    return std::any_of(
        copy_.source.tables.begin(), copy_.source.tables.end(),
        [&](const Table& table) { return words.contains(ascii_lower(table.name.name)); });
  }

  bool names_view(const std::set<std::string>& words) const {
    return std::any_of(copy_.source.views.begin(), copy_.source.views.end(), [&](const View& view) {
      return words.contains(ascii_lower(view.name.name));
    });
  }

  ObjectCopy& copy_;
};

}  // namespace

void add_routines(ObjectCopy& copy) {
  RoutineScript(copy).run();
}

}  // namespace crossload::dialect
