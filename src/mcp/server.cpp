#include "crossload/mcp/server.h"

#include <mutex>
#include <utility>

#include "crossload/base/clock.h"
#include "crossload/rpc/line_reader.h"

#include "connection.h"
#include "request_state.h"

namespace crossload::mcp {

class Server::Impl {
 public:
  explicit Impl(Options options) : options_(std::move(options)), states_(clock_) {}

  void run(int input_fd, int output_fd) {
    Connection connection(options_, states_, output_fd);
    const Current current(*this, connection);
    const rpc::ReadEnd end = rpc::read_lines(
        input_fd, wake_up_, options_.max_message_bytes,
        [&](std::string_view line) { connection.on_line(line); },
        [&] { connection.on_too_long(); });
    connection.finish(end == rpc::ReadEnd::kEndOfInput);
  }

  void stop() noexcept { wake_up_.signal(); }

  void resource_updated(const std::string& uri) {
    std::lock_guard lock(mutex_);
    if (current_ != nullptr) current_->resource_updated(uri);
  }

 private:
  /// The connection that resource_updated() reaches, for as long as it lives.
  class Current {
   public:
    Current(Impl& impl, Connection& connection) : impl_(impl) { set(&connection); }
    ~Current() { set(nullptr); }
    Current(const Current&) = delete;
    Current& operator=(const Current&) = delete;

   private:
    void set(Connection* connection) {
      std::lock_guard lock(impl_.mutex_);
      impl_.current_ = connection;
    }
    Impl& impl_;
  };

  const Options options_;
  const SystemClock clock_;
  RequestStates states_;
  rpc::WakeUp wake_up_;
  std::mutex mutex_;
  Connection* current_ = nullptr;
};

Server::Server(Options options) : impl_(std::make_unique<Impl>(std::move(options))) {}

Server::~Server() = default;

void Server::run(int input_fd, int output_fd) {
  impl_->run(input_fd, output_fd);
}

void Server::stop() noexcept {
  impl_->stop();
}

void Server::resource_updated(const std::string& uri) {
  impl_->resource_updated(uri);
}

}  // namespace crossload::mcp
