#include "read_only.h"

#include <algorithm>
#include <array>

#include "crossload/base/strings.h"

namespace crossload::driver::mysql {
namespace {

template <std::size_t N>
bool is_among(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr auto kReads = std::to_array<std::string_view>(
    {"select", "with", "show", "explain", "describe", "desc", "table", "values"});

constexpr auto kStatements = std::to_array<std::string_view>(
    {"alter",      "analyze",  "backup",   "begin",     "binlog",  "cache",    "call",
     "change",     "check",    "checksum", "clone",     "close",   "commit",   "create",
     "deallocate", "declare",  "delete",   "delimiter", "do",      "drop",     "end",
     "execute",    "fetch",    "flush",    "get",       "grant",   "handler",  "help",
     "if",         "import",   "insert",   "install",   "kill",    "load",     "lock",
     "open",       "optimize", "prepare",  "purge",     "release", "rename",   "repair",
     "replace",    "reset",    "resignal", "restart",   "revoke",  "rollback", "savepoint",
     "set",        "shutdown", "signal",   "slave",     "start",   "stop",     "truncate",
     "uninstall",  "unlock",   "update",   "use",       "xa",      "loop",     "while",
     "repeat",     "case",     "leave",    "iterate",   "return",  "not"});

constexpr auto kWriters = std::to_array<std::string_view>(
    {"insert", "update", "delete", "replace", "create", "drop", "alter", "truncate", "call"});

// Functions that do something: files, locks that outlive the statement, replication, sequences,
// keyrings, firewalls, other processes.
constexpr auto kFunctions = std::to_array<std::string_view>({"load_file",
                                                             "get_lock",
                                                             "release_lock",
                                                             "release_all_locks",
                                                             "master_pos_wait",
                                                             "source_pos_wait",
                                                             "master_gtid_wait",
                                                             "wait_for_executed_gtid_set",
                                                             "wait_until_sql_thread_after_gtids",
                                                             "nextval",
                                                             "setval",
                                                             "lastval",
                                                             "sys_exec",
                                                             "sys_eval",
                                                             "sys_get",
                                                             "sys_set",
                                                             "set_firewall_mode",
                                                             "set_firewall_group_mode",
                                                             "read_firewall_users",
                                                             "read_firewall_whitelist",
                                                             "gen_dictionary_load",
                                                             "gen_dictionary_drop",
                                                             "masking_dictionary_term_add",
                                                             "masking_dictionary_term_remove",
                                                             "masking_dictionary_remove",
                                                             "service_get_read_locks",
                                                             "service_get_write_locks",
                                                             "service_release_locks",
                                                             "mysqlx_error",
                                                             "wsrep_sync_wait_upto"});

constexpr auto kFunctionLeads = std::to_array<std::string_view>(
    {"keyring_", "audit_log_", "group_replication_", "asynchronous_connection_failover_",
     "version_tokens_", "firewall_", "mysql_firewall_", "telemetry_", "lib_mysqludf_"});

bool is_name(const SqlToken& token) {
  return token.kind == TokenKind::kWord || token.kind == TokenKind::kQuotedName;
}

bool has_effect(const std::string& function) {
  return is_among(kFunctions, function) ||
         std::any_of(kFunctionLeads.begin(), kFunctionLeads.end(),
                     [&](std::string_view lead) { return function.starts_with(lead); });
}

class Judge {
 public:
  explicit Judge(const std::vector<SqlToken>& tokens) : tokens_(tokens) {}

  ReadOnlyVerdict judge() {
    judge_comments();
    std::size_t first = 0;
    while (first < tokens_.size() && tokens_[first].is_symbol("(")) ++first;
    if (first >= tokens_.size()) {
      verdict_.unknown = true;
      return verdict_;
    }
    judge_statement(first);
    for (std::size_t i = first; i < tokens_.size(); ++i) judge_token(i);
    return verdict_;
  }

 private:
  void refuse(const std::string& why) {
    if (verdict_.refused.empty()) verdict_.refused = why;
  }
  const SqlToken* next(std::size_t i) const {
    return i + 1 < tokens_.size() ? &tokens_[i + 1] : nullptr;
  }
  bool next_is(std::size_t i, std::string_view word) const {
    return next(i) != nullptr && next(i)->is(word);
  }

  void judge_comments() {
    for (const SqlToken& token : tokens_) {
      if (token.kind == TokenKind::kVersion) refuse("a comment that the server executes");
      const bool sets =
          token.kind == TokenKind::kHint && token.text.find("set_var") != std::string::npos;
      if (sets) refuse("a hint that sets a variable");
    }
  }

  void judge_statement(std::size_t first) {
    const SqlToken& word = tokens_[first];
    if (word.kind != TokenKind::kWord) {
      verdict_.unknown = true;
    } else if (!is_among(kReads, word.text)) {
      const bool known = is_among(kStatements, word.text);
      if (known) refuse(word.text + " on a read-only session");
      verdict_.unknown = !known;
    } else if (word.is("with")) {
      judge_with(first);
    } else if (word.is("explain") || word.is("describe") || word.is("desc")) {
      judge_explain(first);
    }
  }

  // WITH a AS (...) and then what it is for.
  void judge_with(std::size_t first) {
    int depth = 0;
    for (std::size_t i = first + 1; i < tokens_.size(); ++i) {
      if (tokens_[i].is_symbol("(")) ++depth;
      if (tokens_[i].is_symbol(")")) --depth;
      if (depth == 0 && tokens_[i].kind == TokenKind::kWord &&
          is_among(kWriters, tokens_[i].text) && !(next(i) && next(i)->is_symbol("("))) {
        refuse("WITH ... " + tokens_[i].text);
      }
    }
  }

  // EXPLAIN carries nothing out, EXPLAIN ANALYZE does.
  void judge_explain(std::size_t first) {
    const bool runs = std::any_of(tokens_.begin() + static_cast<std::ptrdiff_t>(first),
                                  tokens_.end(), [](const SqlToken& t) { return t.is("analyze"); });
    if (!runs) return;
    for (std::size_t i = first; i < tokens_.size(); ++i) {
      const bool call = next(i) != nullptr && next(i)->is_symbol("(");
      if (tokens_[i].kind == TokenKind::kWord && is_among(kWriters, tokens_[i].text) && !call) {
        refuse("EXPLAIN ANALYZE carries the statement out");
      }
    }
  }

  void judge_token(std::size_t i) {
    const SqlToken& token = tokens_[i];
    if (token.is_symbol(":=")) refuse("an assignment to a variable");
    if (token.is_symbol(";")) refuse("more than one statement");
    if (token.is("into")) refuse("INTO writes to a file or a variable");
    if (token.is("for") && (next_is(i, "update") || next_is(i, "share"))) {
      refuse("a SELECT that locks rows");
    }
    if (token.is("lock") && next_is(i, "in")) refuse("a SELECT that locks rows");
    if ((token.is("next") || token.is("previous")) && next_is(i, "value")) {
      refuse("a number of a sequence");
    }
    const bool call = next(i) != nullptr && next(i)->is_symbol("(") && is_name(token);
    if (call) judge_call(i);
  }

  void judge_call(std::size_t i) {
    const std::string name = ascii_lower(tokens_[i].text);
    if (has_effect(name)) refuse("the function " + name);
    const bool given = i + 2 < tokens_.size() && !tokens_[i + 2].is_symbol(")");
    if (name == "last_insert_id" && given) refuse("a value for last_insert_id");
    verdict_.called.push_back(name);
  }

  const std::vector<SqlToken>& tokens_;
  ReadOnlyVerdict verdict_;
};

}  // namespace

ReadOnlyVerdict judge_read_only(const std::vector<SqlToken>& tokens) {
  return Judge(tokens).judge();
}

}  // namespace crossload::driver::mysql
