#include "session.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "crossload/base/narrow.h"

#include "authorizer.h"
#include "classify.h"

namespace crossload::driver::sqlite {
namespace {

// How many steps of SQLite's machine lie between two looks at the watch: well below a millisecond.
constexpr int kStepsBetweenLooks = 4096;

std::string_view view(const char* text) {
  return text == nullptr ? std::string_view() : std::string_view(text);
}

class Counted {
 public:
  explicit Counted(int& depth) : depth_(depth) { ++depth_; }
  ~Counted() { --depth_; }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;

 private:
  int& depth_;
};

}  // namespace

Session::Session(DatabaseHandle database, Access access, const Timeouts& timeouts)
    : database_(std::move(database)), access_(access), timeouts_(timeouts) {
  sqlite3_extended_result_codes(handle(), 1);
  sqlite3_progress_handler(handle(), kStepsBetweenLooks, &Session::progress, this);
  sqlite3_busy_handler(handle(), &Session::busy, this);
  sqlite3_set_authorizer(handle(), &Session::authorize, this);
}

Session::~Session() {
  // A reader that outlives its session must not call back into it.
  sqlite3_progress_handler(handle(), 0, nullptr, nullptr);
  sqlite3_busy_handler(handle(), nullptr, nullptr);
  sqlite3_set_authorizer(handle(), nullptr, nullptr);
}

void Session::start_operation() {
  watch_.start(timeouts_.statement);
  if (watch_.cancelled()) throw error(SQLITE_INTERRUPT);
}

StatementHandle Session::compile(std::string_view sql, const char** tail) {
  refused_.clear();
  has_pragma_ = false;
  sqlite3_stmt* statement = nullptr;
  const int result =
      sqlite3_prepare_v3(handle(), sql.data(), narrow<int>(sql.size()), 0, &statement, tail);
  StatementHandle owned(statement);
  if (result != SQLITE_OK) throw error(result);
  return owned;
}

StatementHandle Session::prepare(std::string_view sql) {
  const Counted trusted(trusted_depth_);
  return compile(sql, nullptr);
}

StatementHandle Session::prepare_for_caller(std::string_view sql, std::string_view& tail) {
  const char* rest = sql.data();
  StatementHandle statement = compile(sql, &rest);
  tail = sql.substr(narrow<std::size_t>(rest - sql.data()));
  return statement;
}

bool Session::step(sqlite3_stmt* statement) {
  const int result = sqlite3_step(statement);
  if (result == SQLITE_ROW) return true;
  if (result == SQLITE_DONE) return false;
  throw error(result);
}

void Session::run(std::string_view sql) {
  as_program([&] {
    const StatementHandle statement = compile(sql, nullptr);
    while (step(statement.get())) {
    }
  });
}

void Session::run_quietly(std::string_view sql) noexcept {
  const Counted trusted(trusted_depth_);
  sqlite3_exec(handle(), std::string(sql).c_str(), nullptr, nullptr, nullptr);
}

void Session::as_program(const std::function<void()>& action) {
  const Counted trusted(trusted_depth_);
  action();
}

Error Session::error(int result_code) {
  const int primary = result_code & 0xff;
  const bool could_be_a_stop = primary == SQLITE_INTERRUPT || primary == SQLITE_BUSY;
  if (could_be_a_stop && watch_.cancelled()) {
    watch_.use_up_cancel();
    return make_error(SQLITE_INTERRUPT, "cancelled");
  }
  if (primary == SQLITE_INTERRUPT && watch_.timed_out()) {
    return make_error(SQLITE_INTERRUPT, "stopped after " +
                                            std::to_string(timeouts_.statement.count()) +
                                            " ms, the profile's timeouts.statement")
        .suggest("ask for less, or raise timeouts.statement of the profile");
  }
  // The authorizer's refusal of a function comes as a plain error.
  if ((primary == SQLITE_AUTH || primary == SQLITE_ERROR) && !refused_.empty()) {
    const std::string side = access_ == Access::kReadOnly ? " on a read-only session: " : ": ";
    return make_error(SQLITE_AUTH, "refused" + side + refused_);
  }
  const int extended = sqlite3_extended_errcode(handle());
  if ((extended & 0xff) != primary) return make_error(result_code, sqlite3_errstr(result_code));
  return make_error(extended, sqlite3_errmsg(handle()));
}

void Session::watch_file(std::filesystem::path file, FileStamp stamp) {
  unlocked_file_ = std::move(file);
  unlocked_stamp_ = stamp;
}

void Session::check_unchanged() const {
  if (unlocked_file_.empty()) return;
  if (stamp_of(unlocked_file_) == unlocked_stamp_ && stamp_of_log(unlocked_file_) == FileStamp{}) {
    return;
  }
  throw Error(ErrorCode::kSqlError, unlocked_file_.string() +
                                        " was written while it was read without locks, which its "
                                        "read-only folder made necessary")
      .suggest("copy the database to a folder that can be written, and read it there");
}

void Session::cancel() noexcept {
  // The flag first: what SQLite resets when a statement begins must not lose the request.
  watch_.cancel();
  sqlite3_interrupt(handle());
}

int Session::authorize(void* self, int action, const char* first, const char* second,
                       const char* /*database*/, const char* /*trigger*/) {
  auto* session = static_cast<Session*>(self);
  if (session->trusted_depth_ > 0) return SQLITE_OK;
  const AuthorizerQuestion question = {action, view(first), view(second), second != nullptr};
  if (action == SQLITE_PRAGMA) session->has_pragma_ = true;
  std::string refused = refusal(session->access_, question);
  if (refused.empty()) return SQLITE_OK;
  session->refused_ = std::move(refused);
  return SQLITE_DENY;
}

int Session::progress(void* self) {
  return static_cast<Session*>(self)->watch_.should_stop();
}

int Session::busy(void* self, int tries) {
  constexpr std::chrono::milliseconds kLongestPause{50};
  auto* session = static_cast<Session*>(self);
  const SteadyTime now = std::chrono::steady_clock::now();
  if (tries == 0) session->waiting_since_ = now;
  const auto left = session->timeouts_.lock - (now - session->waiting_since_);
  if (left <= std::chrono::milliseconds(0)) return 0;
  const auto pause = std::min(std::chrono::milliseconds(1 + tries), kLongestPause);
  return session->watch_.wait(pause) ? 1 : 0;
}

}  // namespace crossload::driver::sqlite
