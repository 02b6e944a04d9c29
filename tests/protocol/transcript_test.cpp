// Every file of transcripts/ and recordings/, against the server in this process and as a program.

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "conversation.h"

namespace crossload::test {
namespace {

struct Case {
  std::filesystem::path transcript;
  bool in_process;
};

void PrintTo(const Case& value, std::ostream* out) {
  *out << value.transcript.filename() << (value.in_process ? " in process" : " as a program");
}

std::vector<Case> all_cases() {
  std::vector<Case> cases;
  for (const char* folder : {"transcripts", "recordings"}) {
    const std::filesystem::path root =
        std::filesystem::path(CROSSLOAD_SOURCE_DIR) / "tests/protocol" / folder;
    for (const auto& entry : std::filesystem::directory_iterator(root)) {
      if (entry.path().extension() != ".txt") continue;
      cases.push_back({entry.path(), true});
      cases.push_back({entry.path(), false});
    }
  }
  std::sort(cases.begin(), cases.end(), [](const Case& a, const Case& b) {
    return std::pair(a.transcript, a.in_process) < std::pair(b.transcript, b.in_process);
  });
  return cases;
}

std::string case_name(const ::testing::TestParamInfo<Case>& info) {
  std::string name = info.param.transcript.stem().string();
  for (char& c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return name + (info.param.in_process ? "_in_process" : "_program");
}

class TranscriptTest : public ::testing::TestWithParam<Case> {};

TEST_P(TranscriptTest, IsAnsweredAsWritten) {
  const auto peer = GetParam().in_process ? start_in_process() : start_program();
  try {
    play(GetParam().transcript, *peer);
  } catch (const std::exception& difference) {
    FAIL() << difference.what();
  }
}

INSTANTIATE_TEST_SUITE_P(Protocol, TranscriptTest, ::testing::ValuesIn(all_cases()), case_name);

}  // namespace
}  // namespace crossload::test
