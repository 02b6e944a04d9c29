#include "text_table.h"

#include <gtest/gtest.h>

#include "result_text.h"
#include "terminal.h"
#include "tool_docs.h"

namespace crossload::app {
namespace {

TEST(TextTable, AlignsTextLeftAndNumbersRight) {
  TextTable table({"name", "rows"});
  table.align_right(1);
  table.add({"a", "5"});
  table.add({"orders", "12345"});
  EXPECT_EQ(table.text(0),
            "name     rows\n"
            "------  -----\n"
            "a           5\n"
            "orders  12345\n");
}

TEST(TextTable, CutsTheWidestColumnToTheTerminal) {
  TextTable table({"name", "text"});
  table.add({"orders", std::string(100, 'x')});
  EXPECT_EQ(table.text(20),
            "name    text\n"
            "------  ------------\n"
            "orders  xxxxxxxxxxx…\n");
}

TEST(TextTable, CountsWideAndCombiningCharacters) {
  EXPECT_EQ(display_width("日本"), 4U);
  EXPECT_EQ(display_width("e\u0301"), 1U);
  EXPECT_EQ(cut_to_width("日本語", 5), "日本…");
  EXPECT_EQ(cut_to_width("short", 5), "short");
}

TEST(Printable, ShowsControlsInsteadOfObeyingThem) {
  EXPECT_EQ(printable("a\x1b[31mb\n"), "a\\x1b[31mb\\x0a");
  EXPECT_EQ(printable("a\nb\tc", true), "a\nb\tc");
  EXPECT_EQ(printable("\u202e"), "\\x202e");
  EXPECT_EQ(printable("\xff"), "\uFFFD");
}

TEST(ResultText, ShowsFactsThenTables) {
  const mcp::Json result = {{"total", 2},
                            {"truncated", false},
                            {"notice", "hidden"},
                            {"tables", {{{"name", "a"}, {"rows", 10}}, {{"name", "bb"}}}},
                            {"empty", mcp::Json::array()}};
  EXPECT_EQ(result_text(result, 0),
            "total: 2\ntruncated: no\n\ntables:\nname  rows\n----  ----\na       10\nbb\n");
}

TEST(ResultText, TellsNullFromEmptyText) {
  const mcp::Json result = {{"columns", {{{"name", "a"}}, {{"name", "b"}}}},
                            {"rows", {{nullptr, ""}, {"x", 5}}}};
  EXPECT_EQ(result_text(result, 0), "a     b\n----  -\nNULL\nx     5\n");
}

TEST(ErrorText, SaysWhatToTry) {
  EXPECT_EQ(
      error_text({{"code", "TABLE_NOT_FOUND"},
                  {"message", "no table ordres"},
                  {"candidates", {"orders"}},
                  {"suggestions", {"call list-tables {}"}}}),
      "error: TABLE_NOT_FOUND: no table ordres\n  near: orders\n  try: call list-tables {}\n");
}

TEST(CommandLineText, IsWhatAShellWouldTake) {
  EXPECT_EQ(
      command_line("query-sql", {{"profile_name", "a b"},
                                 {"sql", "SELECT 'x'"},
                                 {"params", {1, "two words"}},
                                 {"check", true},
                                 {"keep_going", false}}),
      "crossload query-sql --profile-name 'a b' --sql 'SELECT '\\''x'\\''' --params 1 --params "
      "'two words' --check --no-keep-going");
}

}  // namespace
}  // namespace crossload::app
