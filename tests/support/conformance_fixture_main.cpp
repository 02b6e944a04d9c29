#include <csignal>

#include <unistd.h>

#include "conformance_fixture.h"

namespace {

crossload::mcp::Server* running_server = nullptr;

extern "C" void stop_server(int /*signal*/) {
  running_server->stop();
}

}  // namespace

int main() {
  crossload::test::ConformanceFixture fixture;
  running_server = &fixture.server();
  std::signal(SIGTERM, stop_server);
  fixture.server().run(STDIN_FILENO, STDOUT_FILENO);
  return 0;
}
