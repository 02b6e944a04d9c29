#include "library.h"

#include <mutex>

#include "crossload/base/error.h"

#include "handles.h"

namespace crossload::driver::mysql {
namespace {

// Oracle's library keeps memory per thread that only the thread itself can free.
struct ThreadUse {
  ThreadUse() { mysql_thread_init(); }
  ~ThreadUse() { mysql_thread_end(); }
  ThreadUse(const ThreadUse&) = delete;
  ThreadUse& operator=(const ThreadUse&) = delete;
};

void start_library() {
  // Two threads must not do so at once.
  static std::once_flag once;
  static int failed = 0;
  std::call_once(once, [] { failed = mysql_library_init(0, nullptr, nullptr); });
  if (failed != 0) {
    throw Error(ErrorCode::kConnectionFailed, "the MySQL client library could not be started");
  }
}

}  // namespace

void enter_library() {
  start_library();
  static thread_local const ThreadUse use;
}

}  // namespace crossload::driver::mysql
