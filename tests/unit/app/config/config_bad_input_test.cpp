#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config_test_support.h"

namespace crossload::app {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

/// A text and the words its refusal must hold.
struct BadConfig {
  std::string name;
  std::string text;
  std::vector<std::string> words;
};

class ConfigRefuses : public ::testing::TestWithParam<BadConfig> {};

TEST_P(ConfigRefuses, NamingWhatIsWrong) {
  const TempFolder folder;
  const std::string message = refusal(folder, GetParam().text);
  EXPECT_THAT(message, HasSubstr((folder / "crossload.json").string()));
  for (const std::string& word : GetParam().words) EXPECT_THAT(message, HasSubstr(word));
}

std::string with_url(const std::string& url) {
  return shop(R"("url": ")" + url + '"');
}
std::string beside_url(const std::string& rest) {
  return shop(R"("url": "sqlite:a.db", )" + rest);
}

INSTANTIATE_TEST_SUITE_P(
    Text, ConfigRefuses,
    ::testing::Values(BadConfig{"Empty", "", {"not valid JSON", "line 1, column 1"}},
                      BadConfig{"Cut", "{\n  \"profiles\": {", {"not valid JSON", "line 2"}},
                      BadConfig{"MissingComma",
                                "{\n  \"state_dir\": \"a\"\n  \"profiles\": {}}",
                                {"not valid JSON", "line 3"}},
                      BadConfig{"BadUtf8", "{\"state_dir\": \"\xFF\"}", {"not valid JSON"}},
                      BadConfig{"TwoValues", "{} {}", {"not valid JSON"}},
                      BadConfig{"HugeNumber", "{\"state_dir\": 1e999}", {"out of range"}},
                      BadConfig{"Deep", std::string(100'000, '['), {"nested too deeply"}},
                      BadConfig{"DeepObjects",
                                R"({"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":)"
                                R"({"a":{"a":{"a":{"a":{"a":{"a":{"a":{}}}}}}}}}}}}}}}}}}}})",
                                {"nested too deeply"}},
                      BadConfig{"NotAnObject", "[]", {"must be an object, not a list"}}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Keys, ConfigRefuses,
    ::testing::Values(
        BadConfig{"UnknownAtTheRoot",
                  R"({"statedir": "a", "profiles": {}})",
                  {"unknown key 'statedir'", "did you mean 'state_dir'"}},
        BadConfig{"UnknownInAProfile",
                  beside_url(R"("acces": "write")"),
                  {"profile 'shop'", "unknown key 'acces'", "did you mean 'access'"}},
        BadConfig{"UnknownAndFarFromAll",
                  beside_url(R"("colour": "red")"),
                  {"profile 'shop'", "unknown key 'colour'", "known:", "password_file"}},
        BadConfig{"UnknownTimeout",
                  beside_url(R"("timeouts": {"conect": 1})"),
                  {"profile 'shop', timeouts", "unknown key 'conect'", "did you mean 'connect'"}},
        BadConfig{"TwiceAtTheRoot",
                  R"({"state_dir": "a", "state_dir": "b", "profiles": {}})",
                  {"'state_dir' is given twice"}},
        BadConfig{"TwiceInAProfile",
                  shop(R"("url": "sqlite:a", "url": "sqlite:b")"),
                  {"'url' is given twice"}},
        BadConfig{"ProfileTwice",
                  R"({"profiles": {"p": {"url": "sqlite:a"}, "p": {"url": "sqlite:b"}}})",
                  {"'p' is given twice"}},
        BadConfig{"NoProfiles", "{}", {"key 'profiles'", "missing"}},
        BadConfig{"EmptyProfiles", R"({"profiles": {}})", {"key 'profiles'", "at least one"}},
        BadConfig{"ProfilesAList", R"({"profiles": []})", {"key 'profiles'", "an object"}},
        BadConfig{"ProfileAString",
                  R"({"profiles": {"shop": "sqlite:a"}})",
                  {"profile 'shop'", "must be an object, not a string"}},
        BadConfig{"ProfileWithoutName", R"({"profiles": {"": {}}})", {"name has 1 to 100 bytes"}},
        BadConfig{"ProfileWithNewline", R"({"profiles": {"a\nb": {}}})", {"control characters"}},
        BadConfig{"StateDirANumber",
                  R"({"state_dir": 7, "profiles": {}})",
                  {"key 'state_dir'", "must be a string, not a number"}},
        BadConfig{
            "StateDirEmpty", R"({"state_dir": "", "profiles": {}})", {"key 'state_dir'", "empty"}},
        BadConfig{"StateDirAFile",
                  R"({"state_dir": "crossload.json", "profiles": {}})",
                  {"key 'state_dir'", "a file, not a folder"}}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Values, ConfigRefuses,
    ::testing::Values(
        BadConfig{"AccessWord",
                  beside_url(R"("access": "rw")"),
                  {"profile 'shop', key 'access'", "\"read\" or \"write\""}},
        BadConfig{"AccessNull",
                  beside_url(R"("access": null)"),
                  {"key 'access'", "must be a string, not null"}},
        BadConfig{"AllowWord",
                  beside_url(R"("allow": ["delete"])"),
                  {"key 'allow'", "\"truncate\" or \"drop\""}},
        BadConfig{"AllowText",
                  beside_url(R"("allow": "drop")"),
                  {"key 'allow'", "must be a list of strings, not a string"}},
        BadConfig{"AllowNumbers",
                  beside_url(R"("allow": [1])"),
                  {"key 'allow'", "must be a string, not a number"}},
        BadConfig{"DatabasesEmpty",
                  beside_url(R"("databases": [])"),
                  {"key 'databases'", "empty", "leave it out"}},
        BadConfig{"DatabasesEmptyName",
                  beside_url(R"("databases": [""])"),
                  {"key 'databases'", "entry is empty"}},
        BadConfig{"DatabasesZeroByte",
                  beside_url(R"("databases": ["a\u0000b"])"),
                  {"key 'databases'", "zero byte"}},
        BadConfig{"TimeoutsANumber",
                  beside_url(R"("timeouts": 5)"),
                  {"profile 'shop', timeouts", "must be an object, not a number"}},
        BadConfig{"TimeoutNegative",
                  beside_url(R"("timeouts": {"lock": -1})"),
                  {"key 'lock'", "number of seconds"}},
        BadConfig{"TimeoutText",
                  beside_url(R"("timeouts": {"statement": "5s"})"),
                  {"key 'statement'", "number of seconds"}},
        BadConfig{"TimeoutHuge",
                  beside_url(R"("timeouts": {"statement": 1e300})"),
                  {"key 'statement'", "86400"}},
        BadConfig{"ConnectZero",
                  beside_url(R"("timeouts": {"connect": 0})"),
                  {"key 'connect'", "more than 0"}},
        BadConfig{"VariableUnset",
                  beside_url(R"("password": "${SHOP_PASSWORD}")"),
                  {"profile 'shop', key 'password'", "variable SHOP_PASSWORD is not set"}},
        BadConfig{"VariableUnsetInUrl",
                  with_url("mysql://app:${PW}@h"),
                  {"profile 'shop', key 'url'", "variable PW is not set"}},
        BadConfig{"VariableUnsetInList",
                  beside_url(R"("databases": ["${DB}"])"),
                  {"key 'databases'", "variable DB is not set"}},
        BadConfig{"VariableUnsetInStateDir",
                  R"({"state_dir": "${S}", "profiles": {}})",
                  {"key 'state_dir'", "variable S is not set"}},
        BadConfig{
            "VariableNotClosed", beside_url(R"("password": "${SHOP")"), {"key 'password'", "'${'"}},
        BadConfig{"VariableWithDefault",
                  beside_url(R"("password": "${SHOP:-x}")"),
                  {"key 'password'", "'${'"}}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Urls, ConfigRefuses,
    ::testing::Values(
        BadConfig{"Missing", shop(R"("access": "read")"), {"profile 'shop', key 'url'", "missing"}},
        BadConfig{"ANumber", shop(R"("url": 5)"), {"key 'url'", "must be a string, not a number"}},
        BadConfig{"Empty", with_url(""), {"key 'url'", "bad URL", "scheme"}},
        BadConfig{"NoScheme", with_url("data/shop.db"), {"key 'url'", "bad URL", "scheme"}},
        BadConfig{
            "SchemeSlip", with_url("postgre://h"), {"unknown scheme", "did you mean 'postgres'"}},
        BadConfig{"SchemeForeign",
                  with_url("oracle://h"),
                  {"unknown scheme", "sqlite", "postgresql", "mysql", "mariadb"}},
        BadConfig{"Port", with_url("mysql://h:99999"), {"bad URL", "port"}},
        BadConfig{"Escape", with_url("mysql://h/%zz"), {"bad URL", "hex digits"}},
        BadConfig{"Ipv6", with_url("mysql://::1:3306"), {"bad URL", "IPv6"}},
        BadConfig{"NoSlashes", with_url("mysql:h"), {"bad URL", "'//' is missing"}},
        BadConfig{"SqliteHost",
                  with_url("sqlite://data/shop.db"),
                  {"bad URL", "no host", "sqlite:FOLDER"}},
        BadConfig{"SqliteNothing", with_url("sqlite:"), {"bad URL", "no folder or file"}},
        BadConfig{"SqliteMemory", with_url("sqlite::memory:"), {"bad URL", "in memory"}},
        BadConfig{"SqliteParameter", with_url("sqlite:a.db?mode=ro"), {"bad URL", "no parameters"}},
        BadConfig{"PostgresParameterSlip",
                  with_url("postgresql://h?sslmod=require"),
                  {"unknown parameter 'sslmod'", "did you mean 'sslmode'"}},
        BadConfig{"MysqlParameterOfPostgres",
                  with_url("mysql://h?sslmode=require"),
                  {"unknown parameter 'sslmode'", "did you mean 'ssl-mode'"}},
        BadConfig{"PostgresTlsModeSlip",
                  with_url("postgresql://h?sslmode=requird"),
                  {"'sslmode' must be one of", "verify-full"}},
        BadConfig{"MysqlTlsModeSlip",
                  with_url("mysql://h?ssl-mode=REQUIERD"),
                  {"'ssl-mode' must be one of", "VERIFY_CA"}},
        BadConfig{"PasswordParameter",
                  with_url("postgresql://h?password=x"),
                  {"bad URL", "'password' or 'password_file'"}}),
    [](const auto& test) { return test.param.name; });

TEST(ConfigFile, ThatCannotBeReadIsNamed) {
  const TempFolder folder;
  try {
    load_config(folder.path(), variables_of({}));
    ADD_FAILURE() << "read a folder";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kInvalidArgument);
    EXPECT_THAT(error.message(), AllOf(HasSubstr(folder.path().string()), HasSubstr("directory")));
  }
}

TEST(ConfigFile, ThatIsTooLargeIsRefusedUnread) {
  const TempFolder folder;
  EXPECT_THAT(refusal(folder, std::string(2'000'000, ' ')), HasSubstr("larger than 1 MiB"));
}

}  // namespace
}  // namespace crossload::app
