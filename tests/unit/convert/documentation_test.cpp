// docs/type-mapping.md lists the rules and codes as they are.

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "crossload/base/strings.h"
#include "crossload/convert/converter.h"

namespace crossload::convert {
namespace {

std::string cell(const std::string& text) {
  std::string escaped;
  for (const char c : text) escaped += c == '|' ? std::string("\\|") : std::string(1, c);
  return escaped;
}

std::string quoted(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "`" : ", `") + word + "`";
  return text;
}

std::string rules_table() {
  std::string text = "| rule | values | answers | for |\n|---|---|---|---|\n";
  for (const RuleInfo& rule : all_rules()) {
    text += "| `" + rule.name + "` | " + quoted(rule.values) + " | " + quoted(rule.codes) + " | " +
            cell(rule.description) + " |\n";
  }
  return text;
}

std::string codes_table() {
  std::string text = "| code | meaning |\n|---|---|\n";
  for (const RejectCode& code : all_reject_codes()) {
    text += "| `" + code.code + "` | " + cell(code.meaning) + " |\n";
  }
  return text;
}

void put(std::string& document, const std::string& mark, const std::string& table) {
  const std::size_t begin = document.find(mark);
  ASSERT_NE(begin, std::string::npos) << mark;
  const std::size_t end = document.find("<!-- end -->", begin);
  document.replace(begin + mark.size(), end - begin - mark.size(), table);
}

TEST(TypeMappingDocument, ListsTheRulesAndCodes) {
  const std::string path = CROSSLOAD_SOURCE_DIR "/docs/type-mapping.md";
  std::ifstream file(path, std::ios::binary);
  const std::string document{std::istreambuf_iterator<char>(file), {}};
  std::string made = document;
  put(made, "<!-- rules -->\n", rules_table());
  put(made, "<!-- codes -->\n", codes_table());
  if (std::getenv("CROSSLOAD_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path, std::ios::binary) << made;
    GTEST_SKIP() << "written anew";
  }
  EXPECT_EQ(document, made) << "CROSSLOAD_UPDATE_GOLDEN=1 writes it anew";
}

TEST(Rules, AnswerCodesThatThereAre) {
  std::set<std::string> codes;
  for (const RejectCode& code : all_reject_codes()) {
    EXPECT_TRUE(codes.insert(code.code).second) << code.code << " stands twice";
    EXPECT_FALSE(code.meaning.empty());
  }
  std::set<std::string> names;
  for (const RuleInfo& rule : all_rules()) {
    EXPECT_TRUE(names.insert(rule.name).second) << rule.name << " stands twice";
    EXPECT_GE(rule.values.size(), 2U) << rule.name;
    for (const std::string& code : rule.codes) EXPECT_TRUE(codes.contains(code)) << code;
  }
}

}  // namespace
}  // namespace crossload::convert
