#pragma once

#include <memory>

#include <libpq-fe.h>

namespace crossload::driver::postgres {

struct CloseConnection {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
struct FreeCancel {
  void operator()(PGcancel* cancel) const { PQfreeCancel(cancel); }
};
struct FreeMemory {
  void operator()(char* memory) const { PQfreemem(memory); }
};

using ConnectionHandle = std::unique_ptr<PGconn, CloseConnection>;
using ResultHandle = std::unique_ptr<PGresult, ClearResult>;
using CancelHandle = std::unique_ptr<PGcancel, FreeCancel>;
using LineHandle = std::unique_ptr<char, FreeMemory>;

}  // namespace crossload::driver::postgres
