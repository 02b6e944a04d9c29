#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "crossload/mcp/server.h"
#include "crossload/rpc/dispatcher.h"
#include "crossload/rpc/line_writer.h"
#include "crossload/rpc/worker_pool.h"

#include "call.h"
#include "methods.h"
#include "request_state.h"
#include "session.h"
#include "subscriptions.h"

namespace crossload::mcp {

/// One client, from its first message to its last: decides for each message what it is, runs calls
/// on workers and the rest at once.
class Connection {
 public:
  /// Lifetime: options and states outlive it.
  Connection(const Server::Options& options, RequestStates& states, int output_fd);

  void on_line(std::string_view line) { dispatcher_.on_line(line); }
  void on_too_long() { dispatcher_.on_too_long(options_.max_message_bytes); }
  void resource_updated(const std::string& uri) { subscriptions_.updated(uri); }
  /// Ends everything that runs and writes the last answers. After an end of input what runs has
  /// `finish_time` to end by itself.
  void finish(bool end_of_input);

 private:
  void on_request(rpc::Request request, std::shared_ptr<rpc::Responder> responder);
  void on_notification(const rpc::Notification& notification);
  void start(const std::shared_ptr<Call>& call, const Method& method);
  void run(Call& call, const Method& method);
  void answer_input_required(Call& call, const InputRequired& needed);
  void cancel(const Json& params);
  void forget(const Call& call);
  void log_failure(const Call& call, const char* what);

  const Server::Options& options_;
  RequestStates& states_;
  rpc::LineWriter writer_;
  rpc::Dispatcher dispatcher_;
  Session session_;
  Subscriptions subscriptions_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Call>> calls_;
  rpc::WorkerPool pool_;  // last: its threads use everything above
};

}  // namespace crossload::mcp
