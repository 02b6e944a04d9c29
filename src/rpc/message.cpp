#include "crossload/rpc/message.h"

#include <utility>

namespace crossload::rpc {
namespace {

bool is_id(const Json& value) {
  return value.is_string() || value.is_number_integer();
}

/// The deepest nesting of brackets outside strings.
bool deeper_than(std::string_view text, std::size_t limit) {
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') {
        ++i;
      } else if (c == '"') {
        in_string = false;
      }
    } else if (c == '"') {
      in_string = true;
    } else if (c == '[' || c == '{') {
      if (++depth > limit) return true;
    } else if ((c == ']' || c == '}') && depth > 0) {
      --depth;
    }
  }
  return false;
}

Invalid invalid(Json id, int code, std::string message) {
  return Invalid{std::move(id), ErrorObject{code, std::move(message), nullptr}};
}

ErrorObject read_error(const Json& error) {
  ErrorObject object;
  object.message = "the peer answered with an error";
  if (!error.is_object()) return object;
  if (const auto code = error.find("code"); code != error.end() && code->is_number_integer()) {
    object.code = code->get<int>();
  }
  if (const auto text = error.find("message"); text != error.end() && text->is_string()) {
    object.message = text->get<std::string>();
  }
  object.data = error.value("data", Json());
  return object;
}

Message read_response(Json& value, Json id) {
  if (id.is_null()) return invalid(nullptr, kInvalidRequest, "a response needs an id");
  Response response{std::move(id), nullptr, std::nullopt};
  if (const auto error = value.find("error"); error != value.end()) {
    response.error = read_error(*error);
  } else {
    response.result = std::move(value["result"]);
  }
  return response;
}

Message read_message(Json& value) {
  if (!value.is_object()) return invalid(nullptr, kInvalidRequest, "a message must be an object");
  const auto id_member = value.find("id");
  const bool has_id = id_member != value.end();
  Json id = has_id && is_id(*id_member) ? *id_member : Json();

  const auto version = value.find("jsonrpc");
  if (version == value.end() || *version != "2.0") {
    return invalid(std::move(id), kInvalidRequest, "jsonrpc must be \"2.0\"");
  }
  const auto method = value.find("method");
  if (method == value.end()) {
    if (value.contains("result") || value.contains("error")) {
      return read_response(value, std::move(id));
    }
    return invalid(std::move(id), kInvalidRequest, "method is missing");
  }
  if (!method->is_string()) {
    return invalid(std::move(id), kInvalidRequest, "method must be a string");
  }
  Json params;
  if (const auto member = value.find("params"); member != value.end()) {
    if (!member->is_structured()) {
      return invalid(std::move(id), kInvalidRequest, "params must be an object");
    }
    params = std::move(*member);
  }
  if (!has_id) return Notification{method->get<std::string>(), std::move(params)};
  if (id.is_null()) {
    return invalid(nullptr, kInvalidRequest, "id must be a string or a whole number");
  }
  return Request{std::move(id), method->get<std::string>(), std::move(params)};
}

}  // namespace

Frame decode(std::string_view line) {
  Frame frame;
  if (deeper_than(line, kMaxDepth)) {
    frame.messages.push_back(invalid(nullptr, kInvalidRequest,
                                     "message nested deeper than " + std::to_string(kMaxDepth)));
    return frame;
  }
  Json value = Json::parse(line, nullptr, /*allow_exceptions=*/false);
  if (value.is_discarded()) {
    frame.messages.push_back(invalid(nullptr, kParseError, "the line is not valid JSON"));
  } else if (!value.is_array()) {
    frame.messages.push_back(read_message(value));
  } else if (value.empty()) {
    frame.messages.push_back(invalid(nullptr, kInvalidRequest, "an empty batch"));
  } else {
    frame.is_batch = true;
    for (Json& element : value) frame.messages.push_back(read_message(element));
  }
  return frame;
}

std::string id_key(const Json& id) {
  return to_line(id);
}

Json make_request(const Json& id, std::string_view method, const Json& params) {
  Json message = {{"jsonrpc", "2.0"}, {"id", id}, {"method", method}};
  if (!params.is_null()) message["params"] = params;
  return message;
}

Json make_notification(std::string_view method, const Json& params) {
  Json message = {{"jsonrpc", "2.0"}, {"method", method}};
  if (!params.is_null()) message["params"] = params;
  return message;
}

Json make_result(const Json& id, Json result) {
  Json message = {{"jsonrpc", "2.0"}, {"id", id}};
  message["result"] = std::move(result);
  return message;
}

Json make_error(const Json& id, const ErrorObject& error) {
  Json message = {{"jsonrpc", "2.0"}};
  if (!id.is_null()) message["id"] = id;
  Json& member = message["error"];
  member = {{"code", error.code}, {"message", error.message}};
  if (!error.data.is_null()) member["data"] = error.data;
  return message;
}

std::string to_line(const Json& message) {
  return message.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace crossload::rpc
