#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "crossload/mcp/tool.h"
#include "crossload/rpc/dispatcher.h"

namespace crossload::mcp {

/// Who wants to hear that a resource changed, in both eras. Thread: all methods from any thread.
class Subscriptions {
 public:
  /// Lifetime: the dispatcher outlives it. `server_info` goes into the results.
  Subscriptions(rpc::Dispatcher& dispatcher, Json server_info);

  /// Opens a modern stream: acknowledges what is honoured and keeps the request open.
  /// Throws: rpc::ErrorObject.
  void listen(const Json& params, std::shared_ptr<rpc::Responder> stream);
  /// The client ended the stream of that request id.
  void cancel(const Json& request_id);
  void subscribe_legacy(const std::string& uri);
  void unsubscribe_legacy(const std::string& uri);
  void clear_legacy();
  /// Tells everyone who asked.
  void updated(const std::string& uri);
  /// Ends every stream with its result.
  void end();

 private:
  struct Stream {
    std::shared_ptr<rpc::Responder> responder;
    std::set<std::string> uris;
  };

  rpc::Dispatcher& dispatcher_;
  const Json server_info_;
  std::mutex mutex_;
  std::map<std::string, Stream> streams_;
  std::set<std::string> legacy_uris_;
};

}  // namespace crossload::mcp
