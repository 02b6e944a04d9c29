#include "connection.h"

#include <chrono>
#include <exception>
#include <utility>
#include <vector>

namespace crossload::mcp {
namespace {

constexpr std::size_t kMaxQueuedCalls = 1024;
constexpr std::chrono::seconds kLastWords{2};

}  // namespace

Connection::Connection(const Server::Options& options, RequestStates& states, int output_fd)
    : options_(options),
      states_(states),
      writer_(output_fd),
      dispatcher_([this](std::string line) { writer_.send(std::move(line)); },
                  {[this](rpc::Request request, std::shared_ptr<rpc::Responder> responder) {
                     on_request(std::move(request), std::move(responder));
                   },
                   [this](const rpc::Notification& notification) { on_notification(notification); },
                   [this] { return session_.revision() == Revision::kV20250326; }}),
      subscriptions_(dispatcher_, server_info(options.identity, kModern)),
      pool_(options.worker_threads, kMaxQueuedCalls) {}

void Connection::on_request(rpc::Request request, std::shared_ptr<rpc::Responder> responder) {
  try {
    if (request.params.is_array()) {
      throw rpc::ErrorObject{rpc::kInvalidParams, "params must be an object", nullptr};
    }
    Caller caller = session_.identify(request);
    if (!options_.declare_logging) caller.log_level.reset();
    const Method* method = find_method(request.method, caller, options_);
    if (method == nullptr) {
      throw rpc::ErrorObject{rpc::kMethodNotFound, "Method not found: " + request.method, nullptr};
    }
    auto call = std::make_shared<Call>(dispatcher_, std::move(request), std::move(caller),
                                       std::move(responder));
    if (method->on_worker) {
      start(call, *method);
    } else {
      run(*call, *method);
    }
  } catch (const rpc::ErrorObject& error) {
    // Thrown only before the responder was handed on.
    responder->error(error);
  }
}

void Connection::start(const std::shared_ptr<Call>& call, const Method& method) {
  {
    std::lock_guard lock(mutex_);
    calls_[rpc::id_key(call->responder()->id())] = call;
  }
  const bool posted = pool_.post([this, call, &method] {
    if (!call->stop().stop_requested()) run(*call, method);
    forget(*call);
  });
  if (posted) return;
  forget(*call);
  call->responder()->error({rpc::kInternalError, "too many requests in flight", nullptr});
}

void Connection::run(Call& call, const Method& method) {
  rpc::Responder& responder = *call.responder();
  try {
    if (method.on_worker) call.take_answers(states_);
    Json result = method.handle(call, {options_, session_, subscriptions_});
    if (result.is_null()) return;
    if (call.caller().modern()) {
      result = modern_result(std::move(result), method.caching, options_.identity);
    }
    responder.result(std::move(result));
  } catch (const rpc::ErrorObject& error) {
    responder.error(error);
  } catch (const InputRequired& needed) {
    answer_input_required(call, needed);
  } catch (const Error& error) {
    const bool argument = error.code() == ErrorCode::kInvalidArgument;
    responder.error({argument ? rpc::kInvalidParams : rpc::kInternalError, error.message(),
                     error_object(error)});
  } catch (const std::exception& failure) {
    log_failure(call, failure.what());
    responder.error({rpc::kInternalError, "internal error in " + call.method(), nullptr});
  }
}

void Connection::answer_input_required(Call& call, const InputRequired& needed) {
  std::string state;
  if (needed.binding == AnswerBinding::kSigned) {
    RoundState round;
    round.answers = needed.answers;
    for (const auto& [key, request] : needed.requests) round.asked.push_back(key);
    state = states_.issue(call_digest(call.method(), call.params()), round);
  }
  call.responder()->result(input_required_result(needed, state, options_.identity));
}

void Connection::on_notification(const rpc::Notification& notification) {
  // notifications/initialized and whatever else a client tells need no answer and change nothing.
  if (notification.method == "notifications/cancelled") cancel(notification.params);
}

void Connection::cancel(const Json& params) {
  if (!params.is_object()) return;
  const auto id = params.find("requestId");
  if (id == params.end()) return;
  std::shared_ptr<Call> call;
  {
    std::lock_guard lock(mutex_);
    if (const auto found = calls_.find(rpc::id_key(*id)); found != calls_.end()) {
      call = found->second;
    }
  }
  if (call == nullptr) {
    subscriptions_.cancel(*id);
    return;
  }
  // First, so that whatever the stopping handler returns is not sent.
  call->responder()->abandon();
  call->request_stop();
}

void Connection::forget(const Call& call) {
  std::lock_guard lock(mutex_);
  const auto found = calls_.find(rpc::id_key(call.responder()->id()));
  // The id may have been used again since it was answered.
  if (found != calls_.end() && found->second.get() == &call) calls_.erase(found);
}

void Connection::log_failure(const Call& call, const char* what) {
  if (options_.log == nullptr) return;
  options_.log->error("a request failed in a way it should not",
                      {{"method", call.method()}, {"error", std::string(what)}});
}

void Connection::finish(bool end_of_input) {
  dispatcher_.end_requests();
  if (end_of_input) pool_.wait_idle(std::chrono::steady_clock::now() + options_.finish_time);
  std::vector<std::shared_ptr<Call>> running;
  {
    std::lock_guard lock(mutex_);
    for (const auto& [id, call] : calls_) running.push_back(call);
    calls_.clear();
  }
  for (const auto& call : running) call->request_stop();
  running.clear();
  pool_.join();
  subscriptions_.end();
  writer_.close(kLastWords);
}

}  // namespace crossload::mcp
