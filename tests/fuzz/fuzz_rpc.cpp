// Frames of JSON-RPC: bytes are cut into lines, decoded, dispatched, answered. Whatever comes in,
// each line that goes out is one JSON message, and each request is answered exactly once.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "crossload/rpc/dispatcher.h"
#include "crossload/rpc/line_reader.h"

namespace {

using crossload::rpc::Json;

constexpr std::size_t kMaxLineBytes = 4096;  // small, so that the bound is met

void require(bool condition) {
  if (!condition) std::abort();
}

void check_sent(const std::string& line) {
  require(line.find('\n') == std::string::npos);
  require(!Json::parse(line, nullptr, false).is_discarded());
}

/// Answers as the method's first letter says, so that the input steers it.
void answer(const crossload::rpc::Request& request, crossload::rpc::Responder& responder) {
  const char choice = request.method.empty() ? ' ' : request.method.front();
  if (choice == 'e') {
    responder.error({crossload::rpc::kMethodNotFound, request.method, request.params});
  } else if (choice == 'a') {
    responder.abandon();
  } else if (choice == 'n') {
    responder.notify("notifications/x", request.params);
    responder.result(request.params);
  } else if (choice != 'd') {  // 'd' drops it
    responder.result(request.params);
  }
  if (choice != 'd') require(responder.answered());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const bool batches = (data[0] & 1U) != 0;
  crossload::rpc::Dispatcher dispatcher(
      check_sent,
      {[](crossload::rpc::Request request, std::shared_ptr<crossload::rpc::Responder> responder) {
         answer(request, *responder);
       },
       [](const crossload::rpc::Notification&) {}, [batches] { return batches; }});
  crossload::rpc::LineSplitter splitter(kMaxLineBytes);
  const auto on_line = [&](std::string_view line) { dispatcher.on_line(line); };
  const auto on_too_long = [&] { dispatcher.on_too_long(kMaxLineBytes); };
  std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  // In two pieces, cut where the first byte says: lines do not arrive whole.
  const std::size_t cut = bytes.size() * data[0] / 256;
  splitter.feed(bytes.substr(0, cut), on_line, on_too_long);
  splitter.feed(bytes.substr(cut), on_line, on_too_long);
  splitter.finish(on_line);
  return 0;
}
