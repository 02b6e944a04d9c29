#pragma once

#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>

#include "crossload/mcp/call_context.h"
#include "crossload/rpc/dispatcher.h"

#include "request_state.h"
#include "session.h"

namespace crossload::mcp {

/// Ends a modern call that needs answers first; caught by the connection, never by a tool (it is no
/// std::exception).
struct InputRequired {
  std::map<std::string, ClientRequest> requests;
  AnswerBinding binding = AnswerBinding::kSigned;
  Json answers;  ///< Those already given, to be carried on.
};

/// One request on its way: its parameters, its sender, and everything its handler may do meanwhile.
class Call : public CallContext {
 public:
  /// Lifetime: the dispatcher outlives it.
  Call(rpc::Dispatcher& dispatcher, rpc::Request request, Caller caller,
       std::shared_ptr<rpc::Responder> responder);

  const std::string& method() const { return request_.method; }
  /// An object; empty where the request had none.
  const Json& params() const { return request_.params; }
  const Caller& caller() const { return caller_; }
  const std::shared_ptr<rpc::Responder>& responder() const { return responder_; }
  void request_stop() { stop_.request_stop(); }

  /// Reads inputResponses and requestState of a retry. Throws: rpc::ErrorObject on a bad state.
  void take_answers(RequestStates& states);

  std::stop_token stop() const override { return stop_.get_token(); }
  void progress(double value, std::optional<double> total, const std::string& message) override;
  bool can_elicit() const override { return caller_.can_elicit(); }
  ElicitResult elicit(const std::string& key, const std::string& message,
                      const Json& requested_schema) override;
  const Json& client_capabilities() const override { return caller_.capabilities; }
  void require_capability(const std::string& name) const override;
  std::map<std::string, Json> ask(const std::map<std::string, ClientRequest>& requests,
                                  AnswerBinding binding) override;
  void log_message(std::string_view level, std::string_view logger, const Json& data) override;

 private:
  std::map<std::string, Json> ask_now(const std::map<std::string, ClientRequest>& requests);
  std::map<std::string, Json> ask_by_retry(const std::map<std::string, ClientRequest>& requests,
                                           AnswerBinding binding);
  void check_askable(const ClientRequest& request) const;

  rpc::Dispatcher& dispatcher_;
  rpc::Request request_;
  const Caller caller_;
  const std::shared_ptr<rpc::Responder> responder_;
  std::stop_source stop_;
  Json bound_answers_ = Json::object();  // came back with a state of ours
  Json loose_answers_ = Json::object();  // everything the client put in inputResponses
  std::mutex progress_mutex_;
  double last_progress_ = -std::numeric_limits<double>::infinity();
};

}  // namespace crossload::mcp
