#include "session.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <utility>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "crossload/base/narrow.h"
#include "crossload/base/strings.h"
#include "crossload/dialect/dialect.h"

#include "classify.h"

namespace crossload::driver::postgres {
namespace {

// How long a server may take to say that it stopped.
constexpr std::chrono::seconds kGrace{30};
// A message may quote the whole of a value.
constexpr std::size_t kMostFieldBytes = 4'000;

void drop_notice(void* /*unused*/, const PGresult* /*notice*/) {}

std::string field(const PGresult* result, int code) {
  const char* text = PQresultErrorField(result, code);
  return text == nullptr ? "" : utf8_lossy(std::string_view(text).substr(0, kMostFieldBytes));
}

std::string message_of(const PGresult* result) {
  std::string message = field(result, PG_DIAG_MESSAGE_PRIMARY);
  const std::string detail = field(result, PG_DIAG_MESSAGE_DETAIL);
  if (!detail.empty()) message += ": " + detail;
  const std::string hint = field(result, PG_DIAG_MESSAGE_HINT);
  if (!hint.empty()) message += " (" + hint + ")";
  const std::string position = field(result, PG_DIAG_STATEMENT_POSITION);
  if (!position.empty()) message += " (at character " + position + ")";
  return message;
}

}  // namespace

class Session::Undisturbed {
 public:
  explicit Undisturbed(Session& session) : session_(session), before_(session.undisturbed_) {
    session_.undisturbed_ = true;
  }
  ~Undisturbed() { session_.undisturbed_ = before_; }
  Undisturbed(const Undisturbed&) = delete;
  Undisturbed& operator=(const Undisturbed&) = delete;

 private:
  Session& session_;
  bool before_;
};

Session::Session(ConnectionHandle connection, Access access, const Timeouts& timeouts)
    : connection_(std::move(connection)),
      access_(access),
      timeouts_(timeouts),
      wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (wake_ < 0) throw Error(ErrorCode::kConnectionFailed, "no file descriptor is left");
  PQsetNoticeReceiver(handle(), &drop_notice, nullptr);
  PQsetnonblocking(handle(), 1);
}

Session::~Session() {
  ::close(wake_);
}

std::string Session::qualified(const TableName& table) const {
  const dialect::Dialect& dialect = dialect::dialect_for(Engine::kPostgres);
  const std::string& schema = table.schema.empty() ? default_schema_ : table.schema;
  return schema.empty() ? dialect.quote(table.name)
                        : dialect.quote(schema) + "." + dialect.quote(table.name);
}

void Session::give_up_stream() noexcept {
  if (stream_ != nullptr) std::exchange(stream_, nullptr)->abandon();
}

void Session::start_operation() {
  give_up_stream();
  start_clock();
  throw_if_stopped();
}

void Session::continue_operation(const Stream& stream) {
  if (stream_ != &stream) {
    throw Error(ErrorCode::kSqlError,
                "the rows that were left were given up when another statement ran on the session");
  }
  start_clock();
  throw_if_stopped();
}

void Session::start_clock() {
  timed_out_ = false;
  deadline_.reset();
  if (timeouts_.statement.count() > 0) {
    deadline_ = std::chrono::steady_clock::now() + timeouts_.statement;
  }
}

void Session::throw_if_stopped() {
  if (undisturbed_) return;
  if (deadline_ && std::chrono::steady_clock::now() >= *deadline_) timed_out_ = true;
  if (cancelled_.load() || timed_out_) throw stopped_error();
}

Error Session::stopped_error() {
  if (cancelled_.exchange(false)) {
    eventfd_t ignored = 0;
    ::eventfd_read(wake_, &ignored);
    return make_error("57014", "cancelled");
  }
  return make_error("57014", "stopped after " + std::to_string(timeouts_.statement.count()) +
                                 " ms, the profile's timeouts.statement")
      .suggest("ask for less, or raise timeouts.statement of the profile");
}

Error Session::lost() {
  std::string message(trim(utf8_lossy(PQerrorMessage(handle()))));
  if (message.empty()) message = "the connection to the server is gone";
  return Error(ErrorCode::kConnectionFailed, std::move(message)).retryable(true);
}

Error Session::error(const PGresult* result) {
  const std::string state = field(result, PG_DIAG_SQLSTATE);
  if (state.empty()) return lost();
  if (state == "57014" && !undisturbed_ && (cancelled_.load() || timed_out_)) {
    return stopped_error();
  }
  return make_error(state, message_of(result));
}

void Session::check(const PGresult* result) {
  const ExecStatusType status = PQresultStatus(result);
  if (status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE) throw error(result);
}

void Session::begin_statement() {
  throw_if_stopped();
  stop_sent_ = false;
}

int Session::milliseconds_left() const {
  using std::chrono::ceil;
  using std::chrono::milliseconds;
  const SteadyTime now = std::chrono::steady_clock::now();
  if (stop_sent_)
    return narrow<int>(std::max<std::int64_t>(0, ceil<milliseconds>(grace_ - now).count()));
  if (undisturbed_ || !deadline_) return -1;
  const std::int64_t left = ceil<milliseconds>(*deadline_ - now).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, 1'000'000));
}

void Session::wait(bool to_write) {
  for (;;) {
    const short events = static_cast<short>(to_write ? POLLIN | POLLOUT : POLLIN);
    std::array<pollfd, 2> polled = {{{PQsocket(handle()), events, 0}, {wake_, POLLIN, 0}}};
    const bool listens = !undisturbed_ && !stop_sent_;
    const int ready = ::poll(polled.data(), listens ? 2 : 1, milliseconds_left());
    if (ready < 0 && errno == EINTR) continue;
    if (ready == 0 && stop_sent_) {
      ::shutdown(PQsocket(handle()), SHUT_RDWR);
      throw cancelled_.load() || timed_out_ ? stopped_error() : lost();
    }
    if (ready == 0) {
      if (deadline_ && std::chrono::steady_clock::now() < *deadline_) continue;
      timed_out_ = true;
      stop_statement();
      continue;
    }
    if (listens && polled[1].revents != 0) {
      stop_statement();
      continue;
    }
    return;
  }
}

void Session::stop_statement() noexcept {
  stop_sent_ = true;
  grace_ = std::chrono::steady_clock::now() + kGrace;
  // It returns when the server has passed the signal on, so that no later statement is hit.
  const CancelHandle request(PQgetCancel(handle()));
  std::array<char, 256> ignored{};
  if (request) PQcancel(request.get(), ignored.data(), ignored.size());
}

void Session::flush() {
  for (;;) {
    const int left = PQflush(handle());
    if (left == 0) return;
    if (left < 0) throw lost();
    wait(true);
    // A server that answers while it is written to would else wait for us as we for it.
    if (PQconsumeInput(handle()) == 0) throw lost();
  }
}

void Session::send(const std::string& sql) {
  begin_statement();
  if (PQsendQuery(handle(), sql.c_str()) == 0) throw lost();
  flush();
}

void Session::send(const std::string& sql, const std::vector<Parameter>& parameters) {
  begin_statement();
  std::vector<const char*> values;
  values.reserve(parameters.size());
  for (const Parameter& parameter : parameters) {
    values.push_back(parameter ? parameter->c_str() : nullptr);
  }
  if (PQsendQueryParams(handle(), sql.c_str(), narrow<int>(values.size()), nullptr, values.data(),
                        nullptr, nullptr, 0) == 0) {
    throw lost();
  }
  flush();
}

ResultHandle Session::next_result() {
  while (PQisBusy(handle()) != 0) {
    wait(false);
    if (PQconsumeInput(handle()) == 0) throw lost();
  }
  return ResultHandle(PQgetResult(handle()));
}

void Session::skip_results() {
  while (const ResultHandle result = next_result()) {
    const ExecStatusType status = PQresultStatus(result.get());
    if (status == PGRES_COPY_OUT) {
      skip_lines();
    } else if (status == PGRES_COPY_IN) {
      PQputCopyEnd(handle(), "no data");
      flush();
    }
    if (PQstatus(handle()) == CONNECTION_BAD) return;
  }
}

void Session::drain(bool stop) noexcept {
  const Undisturbed undisturbed(*this);
  try {
    if (stop) stop_statement();
    skip_results();
  } catch (const Error&) {
    // The connection is lost; the next statement will tell.
  }
}

ResultHandle Session::last_result() {
  ResultHandle last;
  while (ResultHandle result = next_result()) {
    // The first failure tells; what follows it are its consequences.
    if (!last || PQresultStatus(last.get()) != PGRES_FATAL_ERROR) last = std::move(result);
    if (PQstatus(handle()) == CONNECTION_BAD) break;
  }
  if (!last) throw lost();
  check(last.get());
  return last;
}

ResultHandle Session::run(const std::string& sql) {
  send(sql);
  return last_result();
}

ResultHandle Session::ask(const std::string& sql, const std::vector<Parameter>& parameters) {
  send(sql, parameters);
  return last_result();
}

ResultHandle Session::describe(const std::string& sql) {
  begin_statement();
  if (PQsendPrepare(handle(), "", sql.c_str(), 0, nullptr) == 0) throw lost();
  flush();
  last_result();
  begin_statement();
  if (PQsendDescribePrepared(handle(), "") == 0) throw lost();
  flush();
  return last_result();
}

ResultHandle Session::run_undisturbed(const std::string& sql) {
  const Undisturbed undisturbed(*this);
  return run(sql);
}

void Session::run_quietly(const std::string& sql) noexcept {
  try {
    run_undisturbed(sql);
  } catch (const Error&) {
    // A session that cannot do this is lost, and the server undoes its work.
  }
}

void Session::cancel() noexcept {
  cancelled_.store(true);
  ::eventfd_write(wake_, 1);
}

}  // namespace crossload::driver::postgres
