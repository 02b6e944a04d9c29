#include "crossload/rpc/dispatcher.h"

#include <utility>

#include "crossload/base/error.h"

namespace crossload::rpc {

/// Collects the answers of a batch; the last one sends them all.
class BatchReply {
 public:
  explicit BatchReply(std::size_t open) : open_(open) {}

  /// One member is settled, with an answer or without. Returns the whole reply once complete and
  /// not empty.
  std::optional<Json> settle(std::optional<Json> message) {
    std::lock_guard lock(mutex_);
    if (message) replies_.push_back(std::move(*message));
    if (--open_ > 0 || replies_.empty()) return std::nullopt;
    return std::move(replies_);
  }

 private:
  std::mutex mutex_;
  std::size_t open_;
  Json replies_ = Json::array();
};

Responder::Responder(Dispatcher* dispatcher, Json id, std::shared_ptr<BatchReply> batch)
    : dispatcher_(dispatcher), id_(std::move(id)), batch_(std::move(batch)) {}

Responder::~Responder() {
  if (!answered_) error({kInternalError, "the request was dropped", nullptr});
}

void Responder::result(Json result) {
  settle(make_result(id_, std::move(result)));
}

void Responder::error(const ErrorObject& error) {
  settle(make_error(id_, error));
}

void Responder::abandon() {
  settle(std::nullopt);
}

bool Responder::answered() const {
  std::lock_guard lock(mutex_);
  return answered_;
}

void Responder::notify(std::string_view method, const Json& params) {
  // Under the lock, so that nothing for this id can follow its answer.
  std::lock_guard lock(mutex_);
  if (!answered_) dispatcher_->notify(method, params);
}

void Responder::settle(std::optional<Json> message) {
  std::lock_guard lock(mutex_);
  if (answered_) return;
  answered_ = true;
  // Before the answer goes out: the peer may use the id again as soon as it sees it.
  dispatcher_->forget(id_);
  if (!batch_) {
    if (message) dispatcher_->send(*message);
  } else if (const auto whole = batch_->settle(std::move(message))) {
    dispatcher_->send(*whole);
  }
}

Dispatcher::Dispatcher(Send send, Handlers handlers)
    : send_(std::move(send)), handlers_(std::move(handlers)) {}

void Dispatcher::on_line(std::string_view line) {
  Frame frame = decode(line);
  if (!frame.is_batch) {
    dispatch(std::move(frame.messages.front()), nullptr);
    return;
  }
  if (!handlers_.accepts_batches()) {
    send(make_error(nullptr, {kInvalidRequest, "batches are not supported here", nullptr}));
    return;
  }
  const auto batch = std::make_shared<BatchReply>(frame.messages.size());
  for (Message& message : frame.messages) dispatch(std::move(message), batch);
}

void Dispatcher::on_too_long(std::size_t max_line_bytes) {
  send(make_error(
      nullptr, {kInvalidRequest, "message longer than " + std::to_string(max_line_bytes) + " bytes",
                nullptr}));
}

void Dispatcher::dispatch(Message message, const std::shared_ptr<BatchReply>& batch) {
  if (auto* request = std::get_if<Request>(&message)) {
    on_request(std::move(*request), batch);
    return;
  }
  if (auto* bad = std::get_if<Invalid>(&message)) {
    reply(make_error(bad->id, bad->error), batch);
    return;
  }
  if (auto* notification = std::get_if<Notification>(&message)) {
    handlers_.on_notification(std::move(*notification));
  } else {
    on_response(std::move(std::get<Response>(message)));
  }
  if (!batch) return;
  if (const auto whole = batch->settle(std::nullopt)) send(*whole);
}

void Dispatcher::on_request(Request request, const std::shared_ptr<BatchReply>& batch) {
  bool fresh = false;
  {
    std::lock_guard lock(mutex_);
    fresh = in_flight_.insert(id_key(request.id)).second;
  }
  if (!fresh) {
    reply(make_error(request.id,
                     {kInvalidRequest, "a request with this id is already in flight", nullptr}),
          batch);
    return;
  }
  auto responder = std::make_shared<Responder>(this, request.id, batch);
  handlers_.on_request(std::move(request), std::move(responder));
}

void Dispatcher::on_response(Response response) {
  {
    std::lock_guard lock(mutex_);
    const auto waiting = asked_.find(id_key(response.id));
    // An unknown id is an answer that came after its question was given up.
    if (waiting == asked_.end()) return;
    waiting->second = std::move(response);
  }
  answered_.notify_all();
}

void Dispatcher::reply(Json message, const std::shared_ptr<BatchReply>& batch) {
  if (!batch) {
    send(message);
  } else if (const auto whole = batch->settle(std::move(message))) {
    send(*whole);
  }
}

void Dispatcher::notify(std::string_view method, const Json& params) {
  send(make_notification(method, params));
}

Response Dispatcher::request(std::string_view method, const Json& params,
                             const std::stop_token& stop, std::string_view cancel_method) {
  std::unique_lock lock(mutex_);
  if (requests_ended_) throw Error(ErrorCode::kCancelled, "the client has gone");
  // A string, so that it can never be taken for one of the peer's own numbers in a log.
  const Json id = "s" + std::to_string(++last_asked_);
  const auto asked = asked_.emplace(id_key(id), std::nullopt).first;
  lock.unlock();
  send(make_request(id, method, params));
  lock.lock();
  answered_.wait(lock, stop, [&] { return asked->second.has_value() || requests_ended_; });
  std::optional<Response> response = std::move(asked->second);
  asked_.erase(asked);
  if (response) return std::move(*response);
  const bool ended = requests_ended_;
  lock.unlock();
  if (ended) throw Error(ErrorCode::kCancelled, "the client has gone");
  notify(cancel_method, {{"requestId", id}});
  throw Error(ErrorCode::kCancelled, "the call was cancelled");
}

void Dispatcher::end_requests() {
  {
    std::lock_guard lock(mutex_);
    requests_ended_ = true;
  }
  answered_.notify_all();
}

void Dispatcher::forget(const Json& id) {
  std::lock_guard lock(mutex_);
  in_flight_.erase(id_key(id));
}

void Dispatcher::send(const Json& message) {
  send_(to_line(message));
}

}  // namespace crossload::rpc
