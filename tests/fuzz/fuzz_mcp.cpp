// Whole MCP messages: each input is one client's conversation with the conformance fixture.

#include <cstddef>
#include <cstdint>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "conformance_fixture.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static crossload::test::ConformanceFixture fixture;
  const int input = ::memfd_create("conversation", MFD_CLOEXEC);
  const int output = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (input >= 0 && output >= 0 && ::write(input, data, size) == static_cast<ssize_t>(size)) {
    ::lseek(input, 0, SEEK_SET);
    fixture.server().run(input, output);
  }
  ::close(input);
  ::close(output);
  return 0;
}
