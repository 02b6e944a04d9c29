#pragma once

#include <string_view>

#include "crossload/mcp/server.h"

#include "call.h"
#include "results.h"
#include "session.h"
#include "subscriptions.h"

namespace crossload::mcp {

/// What a method's handler works with.
struct MethodContext {
  const Server::Options& options;
  Session& session;
  Subscriptions& subscriptions;
};

/// One row of the method table.
struct Method {
  std::string_view name;
  bool legacy;
  bool modern;
  bool on_worker;  ///< May take its time; the rest is answered on the read loop.
  Caching caching;
  /// Whether the server declares the capability that the method belongs to.
  bool (*offered)(const Server::Options& options);
  /// Returns the result without what all results of an era share; null where the answer has been
  /// arranged otherwise. Throws: rpc::ErrorObject, InputRequired, Error.
  Json (*handle)(Call& call, const MethodContext& context);
};

/// nullptr where the caller's era or this server does not have the method.
const Method* find_method(std::string_view name, const Caller& caller,
                          const Server::Options& options);

}  // namespace crossload::mcp
