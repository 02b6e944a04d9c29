#include "whole_tables.h"

#include <condition_variable>
#include <deque>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "crossload/dialect/dialect.h"

#include "object_keys.h"

namespace crossload::copy {
namespace {

using dialect::SchemaItem;

enum class State { kWaiting, kReady, kMade, kRefused };

struct Whole {
  const SchemaItem* table = nullptr;
  std::vector<const SchemaItem*> indexes = {};
  std::vector<std::pair<const SchemaItem*, std::size_t>> keys = {};  ///< With their parents.
  std::set<std::size_t> children = {};
  std::size_t parents = 0;  ///< That are not done.
  State state = State::kWaiting;
};

/// One table's work, as it is when its turn comes.
struct Task {
  std::size_t table = 0;
  std::string sql;
  std::vector<const SchemaItem*> items;
};

/// Who makes which table when. Thread: all methods from any.
class Schedule {
 public:
  Schedule(std::vector<Whole> tables, const std::function<bool()>& go_on)
      : tables_(std::move(tables)), go_on_(go_on), left_(tables_.size()) {
    for (std::size_t i = 0; i < tables_.size(); ++i) {
      if (tables_[i].parents == 0) make_ready(i);
    }
  }

  /// The next table whose parents are done; nullopt where there is no more, or no more time.
  std::optional<Task> take() {
    std::unique_lock lock(mutex_);
    while (true) {
      if (go_on_ && !go_on_()) left_ = 0;
      if (left_ == 0) break;
      if (ready_.empty() && running_ == 0) break_circle();
      if (!ready_.empty()) {
        const std::size_t table = ready_.front();
        ready_.pop_front();
        --left_;
        ++running_;
        return task(table);
      }
      changed_.wait(lock);
    }
    changed_.notify_all();
    return std::nullopt;
  }

  void done(const Task& task, bool made) {
    const std::lock_guard lock(mutex_);
    --running_;
    Whole& table = tables_[task.table];
    table.state = made ? State::kMade : State::kRefused;
    if (made) made_.insert(task.items.begin(), task.items.end());
    for (const std::size_t child : table.children) {
      if (--tables_[child].parents == 0 && tables_[child].state == State::kWaiting) {
        make_ready(child);
      }
    }
    changed_.notify_all();
  }

  void fail(std::exception_ptr error) {
    const std::lock_guard lock(mutex_);
    if (!error_) error_ = std::move(error);
    left_ = 0;
    changed_.notify_all();
  }

  /// When nobody works any more.
  std::set<const SchemaItem*> result() {
    if (error_) std::rethrow_exception(error_);
    return std::move(made_);
  }

 private:
  void make_ready(std::size_t table) {
    tables_[table].state = State::kReady;
    ready_.push_back(table);
  }

  /// All that are left wait for each other: one goes first, without the keys to the others.
  void break_circle() {
    while (tables_[first_waiting_].state != State::kWaiting) ++first_waiting_;
    make_ready(first_waiting_);
  }

  Task task(std::size_t table) const {
    const Whole& whole = tables_[table];
    Task task{.table = table, .sql = {}, .items = {whole.table}};
    std::vector<std::string> parts;
    const auto add = [&](const SchemaItem* item) {
      task.items.push_back(item);
      parts.push_back(item->part);
    };
    for (const SchemaItem* index : whole.indexes) add(index);
    for (const auto& [key, parent] : whole.keys) {
      if (parent == table || tables_[parent].state == State::kMade) add(key);
    }
    task.sql = dialect::with_parts(whole.table->sql, parts);
    return task;
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Whole> tables_;
  const std::function<bool()>& go_on_;
  std::deque<std::size_t> ready_ = {};
  std::size_t left_;  ///< Tables that nobody took.
  std::size_t running_ = 0;
  std::size_t first_waiting_ = 0;  ///< None before it waits.
  std::set<const SchemaItem*> made_ = {};
  std::exception_ptr error_ = nullptr;
};

std::vector<Whole> whole_tables(const dialect::SchemaScript& script,
                                const std::function<bool(const SchemaItem&)>& wanted) {
  std::vector<Whole> wholes;
  std::map<std::string, std::size_t> places;
  const auto place_of = [&](const TableName& table) -> std::optional<std::size_t> {
    const auto found = places.find(table_key(table, Engine::kMysql));
    return found == places.end() ? std::nullopt : std::optional(found->second);
  };
  for (const SchemaItem& item : script.tables) {
    if (item.type != "table" || !wanted(item)) continue;
    if (places.emplace(table_key(item.table, Engine::kMysql), wholes.size()).second) {
      wholes.push_back({.table = &item});
    }
  }
  for (const SchemaItem& item : script.indexes) {
    const auto table = place_of(item.table);
    if (table && !item.part.empty()) wholes[*table].indexes.push_back(&item);
  }
  for (const SchemaItem& item : script.foreign_keys) {
    const auto table = place_of(item.table);
    const auto parent = place_of(item.parent);
    if (!table || !parent || item.part.empty()) continue;
    wholes[*table].keys.emplace_back(&item, *parent);
    if (*parent == *table || !wholes[*parent].children.insert(*table).second) continue;
    ++wholes[*table].parents;
  }
  return wholes;
}

/// False where the statement's own words are tried again, alone, which may say more. A session that
/// fails otherwise is of no more use here.
bool makes(driver::Connection& session, const Task& task, bool& fails) {
  try {
    driver::execute(session, task.sql);
    return true;
  } catch (const Error& error) {
    if (error.code() == ErrorCode::kCancelled) throw;
    fails = !error.statements_fault();
    return false;
  }
}

void work(Schedule& schedule, driver::Connection& session) {
  try {
    bool fails = false;
    while (!fails) {
      const std::optional<Task> task = schedule.take();
      if (!task) return;
      schedule.done(*task, makes(session, *task, fails));
    }
  } catch (...) {
    // Only carried to the calling thread, where it is thrown again.
    schedule.fail(std::current_exception());
  }
}

}  // namespace

std::set<const SchemaItem*> make_whole_tables(const dialect::SchemaScript& script,
                                              const std::vector<driver::Connection*>& sessions,
                                              const std::function<bool(const SchemaItem&)>& wanted,
                                              const std::function<bool()>& go_on) {
  Schedule schedule(whole_tables(script, wanted), go_on);
  {
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < sessions.size(); ++i) {
      others.emplace_back([&, i] { work(schedule, *sessions[i]); });
    }
    work(schedule, *sessions.front());
  }
  return schedule.result();
}

std::set<const SchemaItem*> take_as_temporary(const dialect::SchemaScript& script,
                                              driver::Connection& session,
                                              const std::function<bool(const SchemaItem&)>& wanted,
                                              const std::function<bool()>& go_on) {
  constexpr std::string_view kCreate = "CREATE TABLE ";
  const dialect::Dialect& dialect = dialect::dialect_for(Engine::kMysql);
  std::set<const SchemaItem*> taken;
  for (const Whole& whole : whole_tables(script, wanted)) {
    if (go_on && !go_on()) break;
    std::vector<std::string> parts;
    for (const SchemaItem* index : whole.indexes) parts.push_back(index->part);
    const std::string sql = dialect::with_parts(whole.table->sql, parts);
    if (!sql.starts_with(kCreate)) continue;
    try {
      driver::execute(session, "CREATE TEMPORARY TABLE " + sql.substr(kCreate.size()));
      driver::execute(session, "DROP TEMPORARY TABLE " + dialect.quote(whole.table->table));
    } catch (const Error& error) {
      if (!error.statements_fault()) throw;
      continue;
    }
    taken.insert(whole.table);
    taken.insert(whole.indexes.begin(), whole.indexes.end());
  }
  return taken;
}

}  // namespace crossload::copy
