#include "connect.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "crossload/base/strings.h"

#include "classify.h"
#include "library.h"
#include "tls_options.h"

namespace crossload::driver::mysql {
namespace {

// What one packet may hold at most, of what the client takes; the server's own limit is another.
constexpr unsigned long kMostClientPacket = 1UL << 30;

// A server may ask for any file of the client's machine in answer to any statement.
int refuse_file(void** state, const char* /*name*/, void* /*data*/) {
  *state = nullptr;
  return 1;
}
int read_nothing(void* /*state*/, char* /*buffer*/, unsigned int /*bytes*/) {
  return -1;
}
void end_nothing(void* /*state*/) {}
int tell_refusal(void* /*state*/, char* message, unsigned int bytes) {
  constexpr std::string_view kText = "the client gives no files to the server";
  constexpr int kUnknown = 2000;
  if (bytes == 0) return kUnknown;
  const std::size_t size = std::min<std::size_t>(kText.size(), bytes - 1);
  std::memcpy(message, kText.data(), size);
  message[size] = '\0';
  return kUnknown;
}

unsigned int seconds_of(std::chrono::milliseconds time) {
  constexpr std::chrono::milliseconds::rep kSecond = 1'000;
  return static_cast<unsigned int>(
      std::max<std::chrono::milliseconds::rep>(1, (time.count() + kSecond - 1) / kSecond));
}

// True where the connection must be encrypted.
bool set_options(MYSQL* handle, const Endpoint& endpoint) {
  // [client] of the option files, as the engine's own clients read it.
  mysql_options(handle, MYSQL_READ_DEFAULT_GROUP, "crossload");
  mysql_options(handle, MYSQL_SET_CHARSET_NAME, "utf8mb4");
  const unsigned int seconds = seconds_of(endpoint.timeouts.connect);
  mysql_options(handle, MYSQL_OPT_CONNECT_TIMEOUT, &seconds);
  mysql_options(handle, MYSQL_OPT_MAX_ALLOWED_PACKET, &kMostClientPacket);
  const unsigned int no_files = 0;
  mysql_options(handle, MYSQL_OPT_LOCAL_INFILE, &no_files);
#ifdef LIBMARIADB
  const Flag no_reconnect = 0;
  mysql_options(handle, MYSQL_OPT_RECONNECT, &no_reconnect);
#endif
  mysql_set_local_infile_handler(handle, refuse_file, read_nothing, end_nothing, tell_refusal,
                                 nullptr);
  if (endpoint.url.port) {
    // The library takes "localhost" for the socket, whatever the port.
    const unsigned int tcp = MYSQL_PROTOCOL_TCP;
    mysql_options(handle, MYSQL_OPT_PROTOCOL, &tcp);
  }
  return set_url_options(handle, endpoint.url);
}

const char* text_or_null(const std::string& text) {
  return text.empty() ? nullptr : text.c_str();
}

Error as_login_error(MYSQL* handle, const Endpoint& endpoint, const std::string& database) {
  Error error = make_error(mysql_errno(handle), mysql_sqlstate(handle), mysql_error(handle));
  const bool keep = error.code() != ErrorCode::kSqlError;
  Error result(keep ? error.code() : ErrorCode::kConnectionFailed, error.message());
  result.vendor_code(error.vendor_code()).sqlstate(error.sqlstate()).retryable(error.retryable());
  for (const std::string& suggestion : error.suggestions()) result.suggest(suggestion);
  return result.add_context("profile " + endpoint.profile +
                            (database.empty() ? "" : ", database " + utf8_lossy(database)));
}

}  // namespace

Handle log_in(const Endpoint& endpoint, const std::string& database) {
  enter_library();
  Handle handle(mysql_init(nullptr));
  if (!handle) throw Error(ErrorCode::kConnectionFailed, "no memory for a connection");
  const bool must_encrypt = set_options(handle.get(), endpoint);
  const Uri& url = endpoint.url;
  const std::string socket = url.parameter("socket").value_or("");
  const Secret& password = endpoint.password.empty() ? url.password : endpoint.password;
  // UPDATE tells the rows it found, not only those it changed. No CLIENT_MULTI_STATEMENTS.
  const unsigned long flags = CLIENT_FOUND_ROWS;
  const auto port = static_cast<unsigned int>(url.port.value_or(0));
  if (mysql_real_connect(handle.get(), text_or_null(url.host), text_or_null(url.user),
                         password.empty() ? nullptr : password.reveal().c_str(),
                         text_or_null(database), port, text_or_null(socket), flags) == nullptr) {
    throw as_login_error(handle.get(), endpoint, database);
  }
  if (must_encrypt && mysql_get_ssl_cipher(handle.get()) == nullptr) {
    throw Error(ErrorCode::kConnectionFailed,
                "profile " + endpoint.profile + ": the server offers no encrypted connection")
        .suggest("set up TLS on the server, or leave the ssl options out of the profile's url");
  }
  // An option file may have chosen another character set, or allowed files.
  const unsigned int no_files = 0;
  mysql_options(handle.get(), MYSQL_OPT_LOCAL_INFILE, &no_files);
  if (mysql_set_character_set(handle.get(), "utf8mb4") != 0) {
    throw as_login_error(handle.get(), endpoint, database);
  }
  return handle;
}

}  // namespace crossload::driver::mysql
