#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include <sys/types.h>

#include "conformance_fixture.h"

namespace crossload::test {

/// The client's end of a server: lines in, lines out, and its end.
class Peer {
 public:
  virtual ~Peer();
  void send(const std::string& line) { send_bytes(line + "\n"); }
  void send_bytes(const std::string& bytes);
  /// The next line from the server; nullopt at its end or when nothing comes for `patience`.
  std::optional<std::string> receive(std::chrono::milliseconds patience);
  /// Closes the server's input.
  void close_input();
  /// What SIGTERM does.
  virtual void stop() = 0;
  /// Waits for the server's end; the exit status, or -1 when it does not end in time.
  virtual int wait_for_end(std::chrono::milliseconds patience) = 0;

 protected:
  int to_server_ = -1;
  int from_server_ = -1;

 private:
  std::string buffer_;
};

/// The fixture on a thread of this process, where sanitizers see it.
std::unique_ptr<Peer> start_in_process();
/// The fixture's program as a child process.
std::unique_ptr<Peer> start_program();

/// Plays a transcript and throws std::runtime_error, naming the line, at the first difference.
/// Lines:
///   -> JSON   the client sends this (${name} is replaced by what was captured)
///   ->! text  the client sends the text as it is
///   <- JSON   the server's next message matches this pattern
///   <= JSON   of a run of these lines, each matches one of the server's next messages, in any
///   order
///   -- eof    the client closes the server's input
///   -- stop   SIGTERM
/// In patterns "${any}" matches everything, "${name=}" captures a string, and a member "..." allows
/// members that are not listed. At its end the server must exit with 0 and have said nothing more.
void play(const std::filesystem::path& transcript, Peer& peer);

}  // namespace crossload::test
