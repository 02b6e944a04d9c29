// The parts of a session that stream COPY data.
#include <array>

#include <poll.h>

#include "crossload/base/narrow.h"

#include "session.h"

namespace crossload::driver::postgres {

bool Session::next_line(LineHandle& line, std::size_t& size) {
  for (;;) {
    char* buffer = nullptr;
    const int length = PQgetCopyData(handle(), &buffer, 1);
    line.reset(buffer);
    if (length > 0) {
      size = static_cast<std::size_t>(length);
      return true;
    }
    if (length == 0) {
      wait(false);
      if (PQconsumeInput(handle()) == 0) throw lost();
      continue;
    }
    if (length == -2) throw lost();
    // Only the command's own result tells the end from a break.
    const ResultHandle result = next_result();
    if (!result) throw lost();
    check(result.get());
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) throw lost();
    return false;
  }
}

void Session::skip_lines() {
  for (;;) {
    char* buffer = nullptr;
    const int length = PQgetCopyData(handle(), &buffer, 1);
    const LineHandle line(buffer);
    if (length < 0) return;
    if (length > 0) continue;
    wait(false);
    if (PQconsumeInput(handle()) == 0) throw lost();
  }
}

bool Session::put_lines(std::string_view lines) {
  if (!undisturbed_ && (cancelled_.load() || timed_out_)) return false;
  // The library keeps room for what it was given at once: a large row goes piece by piece.
  constexpr std::size_t kPiece = std::size_t{1} << 20;
  for (std::size_t sent = 0; sent < lines.size(); sent += kPiece) {
    const std::string_view piece = lines.substr(sent, kPiece);
    if (PQputCopyData(handle(), piece.data(), narrow<int>(piece.size())) < 0) throw lost();
    flush();
  }
  std::array<pollfd, 1> polled = {{{PQsocket(handle()), POLLIN, 0}}};
  return ::poll(polled.data(), polled.size(), 0) == 0;
}

ResultHandle Session::end_lines() {
  const bool stopped = !undisturbed_ && (cancelled_.load() || timed_out_);
  // The server is told as an error in the data that there is to be no such COPY.
  if (PQputCopyEnd(handle(), stopped ? "stopped" : nullptr) < 0) throw lost();
  flush();
  ResultHandle first = next_result();
  if (!first) throw lost();
  while (next_result()) {
    if (PQstatus(handle()) == CONNECTION_BAD) break;
  }
  if (stopped) throw stopped_error();
  return first;
}

}  // namespace crossload::driver::postgres
