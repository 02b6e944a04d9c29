#include "subscriptions.h"

#include <utility>

#include "revision.h"

namespace crossload::mcp {
namespace {

Json stream_meta(const Json& id) {
  return {{kMetaSubscriptionId, id}};
}

std::set<std::string> wanted_uris(const Json& params) {
  const auto notifications = params.find("notifications");
  if (notifications == params.end() || !notifications->is_object()) {
    throw rpc::ErrorObject{rpc::kInvalidParams, "notifications must be an object", nullptr};
  }
  std::set<std::string> uris;
  const auto wanted = notifications->find("resourceSubscriptions");
  if (wanted == notifications->end()) return uris;
  if (!wanted->is_array()) {
    throw rpc::ErrorObject{rpc::kInvalidParams, "resourceSubscriptions must be an array of URIs",
                           nullptr};
  }
  for (const Json& uri : *wanted) {
    if (!uri.is_string()) {
      throw rpc::ErrorObject{rpc::kInvalidParams, "resourceSubscriptions must be an array of URIs",
                             nullptr};
    }
    uris.insert(uri.get<std::string>());
  }
  return uris;
}

}  // namespace

Subscriptions::Subscriptions(rpc::Dispatcher& dispatcher, Json server_info)
    : dispatcher_(dispatcher), server_info_(std::move(server_info)) {}

void Subscriptions::listen(const Json& params, std::shared_ptr<rpc::Responder> stream) {
  Stream entry{std::move(stream), wanted_uris(params)};
  Json honoured = Json::object();
  // List changes are not offered, so they are left out of what is acknowledged.
  if (!entry.uris.empty()) honoured["resourceSubscriptions"] = entry.uris;
  const Json& id = entry.responder->id();
  // Under the lock, so that no update overtakes the acknowledgement.
  std::lock_guard lock(mutex_);
  entry.responder->notify("notifications/subscriptions/acknowledged",
                          {{"_meta", stream_meta(id)}, {"notifications", honoured}});
  streams_.insert_or_assign(rpc::id_key(id), std::move(entry));
}

void Subscriptions::cancel(const Json& request_id) {
  Stream ended;
  {
    std::lock_guard lock(mutex_);
    const auto found = streams_.find(rpc::id_key(request_id));
    if (found == streams_.end()) return;
    ended = std::move(found->second);
    streams_.erase(found);
  }
  ended.responder->abandon();
}

void Subscriptions::subscribe_legacy(const std::string& uri) {
  std::lock_guard lock(mutex_);
  legacy_uris_.insert(uri);
}

void Subscriptions::unsubscribe_legacy(const std::string& uri) {
  std::lock_guard lock(mutex_);
  legacy_uris_.erase(uri);
}

void Subscriptions::clear_legacy() {
  std::lock_guard lock(mutex_);
  legacy_uris_.clear();
}

void Subscriptions::updated(const std::string& uri) {
  std::lock_guard lock(mutex_);
  if (legacy_uris_.count(uri) > 0) {
    dispatcher_.notify("notifications/resources/updated", {{"uri", uri}});
  }
  for (const auto& [key, stream] : streams_) {
    if (stream.uris.count(uri) == 0) continue;
    stream.responder->notify("notifications/resources/updated",
                             {{"_meta", stream_meta(stream.responder->id())}, {"uri", uri}});
  }
}

void Subscriptions::end() {
  std::map<std::string, Stream> ended;
  {
    std::lock_guard lock(mutex_);
    ended.swap(streams_);
  }
  for (const auto& [key, stream] : ended) {
    Json meta = stream_meta(stream.responder->id());
    meta[kMetaServerInfo] = server_info_;
    stream.responder->result({{"resultType", "complete"}, {"_meta", meta}});
  }
}

}  // namespace crossload::mcp
