#include "call.h"

#include <cmath>
#include <utility>

namespace crossload::mcp {
namespace {

constexpr double kExactIntegers = 9007199254740992.0;  // 2^53

/// Whole numbers without a fraction, as peers print them.
Json number(double value) {
  if (std::trunc(value) == value && std::fabs(value) <= kExactIntegers) {
    return static_cast<std::int64_t>(value);
  }
  return value;
}

std::string capability_for(const std::string& method) {
  if (method == "elicitation/create") return "elicitation";
  if (method == "sampling/createMessage") return "sampling";
  return "roots";
}

bool fits_schema(const Json& schema, const Json& content) {
  try {
    check_arguments(schema, content);
    return true;
  } catch (const Error&) {
    return false;
  }
}

/// An answer that its question can use; anything else is asked for again.
bool answers_question(const ClientRequest& request, const Json& answer) {
  if (!answer.is_object()) return false;
  if (request.method != "elicitation/create") return true;
  const auto action = answer.find("action");
  if (action == answer.end()) return false;
  if (*action == "decline" || *action == "cancel") return true;
  if (*action != "accept") return false;
  const auto content = answer.find("content");
  return content != answer.end() && content->is_object() &&
         fits_schema(request.params.value("requestedSchema", Json::object()), *content);
}

}  // namespace

Call::Call(rpc::Dispatcher& dispatcher, rpc::Request request, Caller caller,
           std::shared_ptr<rpc::Responder> responder)
    : dispatcher_(dispatcher),
      request_(std::move(request)),
      caller_(std::move(caller)),
      responder_(std::move(responder)) {
  if (request_.params.is_null()) request_.params = Json::object();
}

void Call::take_answers(RequestStates& states) {
  const auto responses = params().find("inputResponses");
  if (responses != params().end()) {
    if (!responses->is_object()) {
      throw rpc::ErrorObject{rpc::kInvalidParams, "inputResponses must be an object", nullptr};
    }
    loose_answers_ = *responses;
  }
  const auto state = params().find("requestState");
  if (state == params().end()) return;
  std::optional<RoundState> round;
  if (state->is_string()) {
    round = states.redeem(state->get<std::string>(), call_digest(method(), params()));
  }
  if (!round) {
    throw rpc::ErrorObject{rpc::kInvalidParams,
                           "requestState is not valid for this call: changed, expired or used",
                           nullptr};
  }
  bound_answers_ = std::move(round->answers);
  for (const std::string& key : round->asked) {
    if (loose_answers_.contains(key)) bound_answers_[key] = loose_answers_[key];
  }
}

void Call::progress(double value, std::optional<double> total, const std::string& message) {
  if (!caller_.progress_token || !std::isfinite(value)) return;
  std::lock_guard lock(progress_mutex_);
  if (value <= last_progress_) return;
  last_progress_ = value;
  Json params = {{"progressToken", *caller_.progress_token}, {"progress", number(value)}};
  if (total && std::isfinite(*total)) params["total"] = number(*total);
  if (!message.empty() && caller_.revision >= Revision::kV20250326) params["message"] = message;
  responder_->notify("notifications/progress", params);
}

ElicitResult Call::elicit(const std::string& key, const std::string& message,
                          const Json& requested_schema) {
  const ClientRequest question{"elicitation/create",
                               {{"message", message}, {"requestedSchema", requested_schema}}};
  const Json answer = ask({{key, question}}, AnswerBinding::kSigned).at(key);
  return {answer.at("action").get<std::string>(), answer.value("content", Json::object())};
}

void Call::require_capability(const std::string& name) const {
  if (caller_.declares(name)) return;
  const Json data = {{"requiredCapabilities", {{name, Json::object()}}}};
  if (caller_.modern()) {
    throw rpc::ErrorObject{kMissingClientCapability, "Missing required client capability", data};
  }
  throw Error(ErrorCode::kAccessDenied, "the client did not declare '" + name + "'");
}

void Call::check_askable(const ClientRequest& request) const {
  const std::string capability = capability_for(request.method);
  const bool declared =
      capability == "elicitation" ? caller_.can_elicit() : caller_.declares(capability);
  if (declared) return;
  throw Error(ErrorCode::kAccessDenied,
              "this needs an answer through '" + capability + "', which the client cannot give");
}

std::map<std::string, Json> Call::ask(const std::map<std::string, ClientRequest>& requests,
                                      AnswerBinding binding) {
  for (const auto& [key, request] : requests) check_askable(request);
  return caller_.modern() ? ask_by_retry(requests, binding) : ask_now(requests);
}

std::map<std::string, Json> Call::ask_now(const std::map<std::string, ClientRequest>& requests) {
  std::map<std::string, Json> answers;
  for (const auto& [key, request] : requests) {
    rpc::Response response =
        dispatcher_.request(request.method, request.params, stop(), "notifications/cancelled");
    if (response.error) {
      throw Error(ErrorCode::kAccessDenied,
                  "the client refused " + request.method + ": " + response.error->message);
    }
    if (!answers_question(request, response.result)) {
      throw Error(ErrorCode::kInvalidArgument,
                  "the client's answer to " + request.method + " does not fit the question");
    }
    answers[key] = std::move(response.result);
  }
  return answers;
}

std::map<std::string, Json> Call::ask_by_retry(const std::map<std::string, ClientRequest>& requests,
                                               AnswerBinding binding) {
  std::map<std::string, Json> answers;
  InputRequired needed{{}, binding, bound_answers_};
  for (const auto& [key, request] : requests) {
    const Json& given = binding == AnswerBinding::kUnsigned && !bound_answers_.contains(key)
                            ? loose_answers_
                            : bound_answers_;
    const auto answer = given.find(key);
    if (answer != given.end() && answers_question(request, *answer)) {
      answers[key] = *answer;
    } else {
      needed.requests[key] = request;
      needed.answers.erase(key);
    }
  }
  if (!needed.requests.empty()) throw needed;
  return answers;
}

void Call::log_message(std::string_view level, std::string_view logger, const Json& data) {
  const auto rank = log_level_rank(level);
  if (!rank || !caller_.log_level || *rank < log_level_rank(*caller_.log_level)) return;
  Json params = {{"level", level}};
  if (!logger.empty()) params["logger"] = logger;
  params["data"] = data;
  responder_->notify("notifications/message", params);
}

}  // namespace crossload::mcp
