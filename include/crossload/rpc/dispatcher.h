#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>

#include "crossload/rpc/message.h"

namespace crossload::rpc {

class Dispatcher;
class BatchReply;

/// The one answer to one request. Dropped without an answer, it answers with an internal error, so
/// that no peer waits for ever. Thread: all methods from any thread; the first answer wins.
/// Lifetime: the dispatcher outlives it.
class Responder {
 public:
  Responder(Dispatcher* dispatcher, Json id, std::shared_ptr<BatchReply> batch);
  ~Responder();
  Responder(const Responder&) = delete;
  Responder& operator=(const Responder&) = delete;

  const Json& id() const { return id_; }
  void result(Json result);
  void error(const ErrorObject& error);
  /// Answers nothing, now or later: the peer cancelled.
  void abandon();
  bool answered() const;
  /// Sends a notification that belongs to this request, unless it has been answered.
  void notify(std::string_view method, const Json& params);

 private:
  void settle(std::optional<Json> message);

  Dispatcher* const dispatcher_;
  const Json id_;
  const std::shared_ptr<BatchReply> batch_;
  mutable std::mutex mutex_;
  bool answered_ = false;
};

/// Both directions of a JSON-RPC 2.0 conversation: tells requests, notifications and responses
/// apart, refuses what is not valid, and keeps track of the ids in flight.
class Dispatcher {
 public:
  struct Handlers {
    /// Thread: the one that calls on_line(); hands lasting work elsewhere.
    std::function<void(Request, std::shared_ptr<Responder>)> on_request;
    std::function<void(Notification)> on_notification;
    /// Asked for each batch; a refused one is answered with a single error.
    std::function<bool()> accepts_batches;
  };
  using Send = std::function<void(std::string line)>;

  /// `send` takes one complete message at a time. Thread: called from any.
  Dispatcher(Send send, Handlers handlers);

  /// Takes one line from the peer. Thread: one at a time.
  void on_line(std::string_view line);
  /// The peer sent a line beyond the bound.
  void on_too_long(std::size_t max_line_bytes);

  void notify(std::string_view method, const Json& params);
  /// Sends a request to the peer and waits for its answer. Throws: Error kCancelled when `stop` is
  /// signalled or the conversation ended; in the first case the peer is told with `cancel_method`
  /// (parameters {"requestId"}). Thread: any but the one that calls on_line().
  Response request(std::string_view method, const Json& params, const std::stop_token& stop,
                   std::string_view cancel_method);
  /// Nobody will answer any more: ends every wait in request(), now and later.
  void end_requests();

 private:
  friend class Responder;
  void dispatch(Message message, const std::shared_ptr<BatchReply>& batch);
  void on_request(Request request, const std::shared_ptr<BatchReply>& batch);
  void on_response(Response response);
  void reply(Json message, const std::shared_ptr<BatchReply>& batch);
  void forget(const Json& id);
  void send(const Json& message);

  const Send send_;
  const Handlers handlers_;
  std::mutex mutex_;
  std::condition_variable_any answered_;
  std::set<std::string> in_flight_;
  std::map<std::string, std::optional<Response>> asked_;
  std::uint64_t last_asked_ = 0;
  bool requests_ended_ = false;
};

}  // namespace crossload::rpc
