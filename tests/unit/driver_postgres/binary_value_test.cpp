#include "binary_value.h"

#include <gtest/gtest.h>

namespace crossload::driver::postgres {
namespace {

std::string hex(const std::string& bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const char c : bytes) {
    text += kDigits[static_cast<unsigned char>(c) >> 4U];
    text += kDigits[static_cast<unsigned char>(c) & 0x0FU];
  }
  return text;
}

struct Case {
  const char* text;
  const char* bytes;  ///< Length and data in hex; empty: left to the server.
};

template <typename Append>
void check(const Append& append, std::initializer_list<Case> cases) {
  for (const Case& one : cases) {
    std::string out;
    const bool done = append(out, one.text);
    EXPECT_EQ(done, *one.bytes != '\0') << one.text;
    EXPECT_EQ(hex(out), one.bytes) << one.text;
  }
}

TEST(PostgresBinary, SendsNumericsAsTheServerKeepsThem) {
  check(append_numeric, {
                            {"0", "000000080000000000000000"},
                            {"-0.00", "000000080000000000000002"},
                            {"1", "0000000a00010000000000000001"},
                            {"-12345.678", "0000000e0003000140000003000109291a7c"},
                            {"0.0001", "0000000a0001ffff000000040001"},
                            {"0.00001234", "0000000a0001fffe0000000804d2"},
                            {"10000", "0000000a00010001000000000001"},
                            {"00010000.0", "0000000a00010001000000010001"},
                            {"NaN", "0000000800000000c0000000"},
                            {"Infinity", "0000000800000000d0000000"},
                            {"-Infinity", "0000000800000000f0000000"},
                            {"1e5", ""},
                            {".5", ""},
                            {"5.", ""},
                            {"", ""},
                            {"-", ""},
                            {"1 ", ""},
                            {"+1", ""},
                        });
}

TEST(PostgresBinary, SendsDatesAsDays) {
  check(append_date, {
                         {"2000-01-01", "0000000400000000"},
                         {"2000-02-29", "000000040000003b"},
                         {"1999-12-31", "00000004ffffffff"},
                         {"0001-01-01", "00000004fff4dbf9"},
                         {"9999-12-31", "00000004002c95d3"},
                         {"infinity", "000000047fffffff"},
                         {"-infinity", "0000000480000000"},
                         {"2021-02-29", ""},
                         {"1900-02-29", ""},
                         {"2021-13-01", ""},
                         {"2021-00-10", ""},
                         {"0000-01-01", ""},
                         {"0001-01-01 BC", ""},
                         {"10000-01-01", ""},
                         {"2021-1-1", ""},
                     });
}

TEST(PostgresBinary, SendsTimesAndTimestampsAsMicroseconds) {
  check(append_time, {
                         {"00:00:00", "000000080000000000000000"},
                         {"24:00:00", "00000008000000141dd76000"},
                         {"00:00:00.5", "00000008000000000007a120"},
                         {"23:59:59.999999", "00000008000000141dd75fff"},
                         {"24:00:01", ""},
                         {"12:60:00", ""},
                         {"12:00:60", ""},
                         {"12:00:00.1234567", ""},
                         {"12:00:00.", ""},
                         {"-01:00:00", ""},
                     });
  const auto plain = [](std::string& out, std::string_view text) {
    return append_timestamp(out, text, "");
  };
  check(plain, {
                   {"2000-01-01 00:00:00", "000000080000000000000000"},
                   {"1999-12-31 23:59:59.999999", "00000008ffffffffffffffff"},
                   {"infinity", "000000087fffffffffffffff"},
                   {"2000-01-01 00:00:00+00", ""},
                   {"2000-01-01T00:00:00", ""},
                   {"2000-01-01 24:00:00", ""},
                   {"2000-01-01 00:00:00 BC", ""},
               });
  const auto zoned = [](std::string& out, std::string_view text) {
    return append_timestamp(out, text, "+00");
  };
  check(zoned, {
                   {"2000-01-01 00:00:01+00", "0000000800000000000f4240"},
                   {"2000-01-01 00:00:01", ""},
                   {"2000-01-01 00:00:01+01", ""},
               });
}

TEST(PostgresBinary, SendsUuids) {
  check(append_uuid,
        {
            {"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "00000010a0eebc999c0b4ef8bb6d6bb9bd380a11"},
            {"A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11", "00000010a0eebc999c0b4ef8bb6d6bb9bd380a11"},
            {"a0eebc999c0b4ef8bb6d6bb9bd380a11", ""},
            {"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1g", ""},
        });
}

}  // namespace
}  // namespace crossload::driver::postgres
