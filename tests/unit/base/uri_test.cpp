#include "crossload/base/uri.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crossload/base/error.h"

namespace crossload {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string refusal(std::string_view text) {
  try {
    Uri::parse(text);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kInvalidArgument);
    return error.message();
  }
  return "accepted";
}

TEST(UriParse, TakesEveryPartOfANetworkUrl) {
  const Uri uri = Uri::parse("postgresql://app:pw@db.example:5432/shop?sslmode=require&a=b");
  EXPECT_EQ(uri.scheme, "postgresql");
  EXPECT_TRUE(uri.authority);
  EXPECT_EQ(uri.user, "app");
  EXPECT_EQ(uri.password.reveal(), "pw");
  EXPECT_EQ(uri.host, "db.example");
  EXPECT_EQ(uri.port, 5432);
  EXPECT_EQ(uri.path, "shop");
  EXPECT_EQ(uri.parameter("sslmode"), "require");
  EXPECT_EQ(uri.parameter("a"), "b");
  EXPECT_EQ(uri.parameter("SSLMODE"), std::nullopt);
}

TEST(UriParse, TakesAPathAfterTheScheme) {
  const Uri relative = Uri::parse("sqlite:data/my%20files?mode=ro");
  EXPECT_EQ(relative.path, "data/my files");
  EXPECT_FALSE(relative.authority);
  EXPECT_EQ(relative.parameter("mode"), "ro");
  EXPECT_EQ(Uri::parse("sqlite:/var/lib/x.db").path, "/var/lib/x.db");
  EXPECT_EQ(Uri::parse("sqlite:a@b#c.db").path, "a@b#c.db");
}

TEST(UriParse, FoldsTheSchemeOnly) {
  const Uri uri = Uri::parse("MySQL://App@Host/Db");
  EXPECT_EQ(uri.scheme, "mysql");
  EXPECT_EQ(uri.user, "App");
  EXPECT_EQ(uri.host, "Host");
  EXPECT_EQ(uri.path, "Db");
}

TEST(UriParse, DecodesEachPartOnItsOwn) {
  const Uri uri = Uri::parse("mysql://a%40b:p%3A%2F%40%25@h%2Fx/d%3Fb?k%3D=v%26");
  EXPECT_EQ(uri.user, "a@b");
  EXPECT_EQ(uri.password.reveal(), "p:/@%");
  EXPECT_EQ(uri.host, "h/x");
  EXPECT_EQ(uri.path, "d?b");
  EXPECT_EQ(uri.parameter("k="), "v&");
}

TEST(UriParse, TakesAnIpv6HostInBrackets) {
  const Uri uri = Uri::parse("mysql://app@[fe80::1]:3306");
  EXPECT_EQ(uri.host, "fe80::1");
  EXPECT_EQ(uri.port, 3306);
  EXPECT_EQ(Uri::parse("mysql://[fe80::1%25eth0]").host, "fe80::1%eth0");
  EXPECT_EQ(Uri::parse("mysql://[::1]").port, std::nullopt);
}

TEST(UriParse, LeavesOutWhatIsNotThere) {
  const Uri socket = Uri::parse("mysql://app@?socket=/run/mysqld/mysqld.sock");
  EXPECT_EQ(socket.user, "app");
  EXPECT_EQ(socket.host, "");
  EXPECT_EQ(socket.parameter("socket"), "/run/mysqld/mysqld.sock");
  const Uri bare = Uri::parse("postgresql://");
  EXPECT_EQ(bare.host, "");
  EXPECT_TRUE(bare.authority);
  EXPECT_EQ(Uri::parse("postgresql:///shop").path, "shop");
  EXPECT_EQ(Uri::parse("mysql://a:@h").password.reveal(), "");
}

TEST(UriParse, TakesTheLastAtSignAsTheEndOfThePassword) {
  const Uri uri = Uri::parse("mysql://app:p@ss:w@db");
  EXPECT_EQ(uri.user, "app");
  EXPECT_EQ(uri.password.reveal(), "p@ss:w");
  EXPECT_EQ(uri.host, "db");
}

TEST(UriParse, SaysWhatIsWrong) {
  EXPECT_THAT(refusal(""), HasSubstr("scheme"));
  EXPECT_THAT(refusal("data/shop.db"), HasSubstr("scheme"));
  EXPECT_THAT(refusal("1sql://h"), HasSubstr("scheme"));
  EXPECT_THAT(refusal(":path"), HasSubstr("scheme"));
  EXPECT_THAT(refusal("mysql://h:0"), HasSubstr("port"));
  EXPECT_THAT(refusal("mysql://h:65536"), HasSubstr("port"));
  EXPECT_THAT(refusal("mysql://h:"), HasSubstr("port"));
  EXPECT_THAT(refusal("mysql://h:+1"), HasSubstr("port"));
  EXPECT_THAT(refusal("mysql://h:99999999999999999999"), HasSubstr("port"));
  EXPECT_THAT(refusal("mysql://::1"), HasSubstr("IPv6"));
  EXPECT_THAT(refusal("mysql://[::1"), HasSubstr("]"));
  EXPECT_THAT(refusal("mysql://[host]"), HasSubstr("IPv6"));
  EXPECT_THAT(refusal("mysql://[::1]x"), HasSubstr("port"));
  EXPECT_THAT(refusal("mysql://h/%zz"), HasSubstr("two hex digits"));
  EXPECT_THAT(refusal("mysql://h/%4"), HasSubstr("two hex digits"));
  EXPECT_THAT(refusal("mysql://h/a%"), HasSubstr("two hex digits"));
  EXPECT_THAT(refusal("sqlite:a%00b"), HasSubstr("%00"));
  EXPECT_THAT(refusal("mysql://h?=v"), HasSubstr("no name"));
  EXPECT_THAT(refusal("mysql://h?a=1&a=2"), HasSubstr("twice"));
  EXPECT_THAT(refusal("mysql://h/x#y"), HasSubstr("%23"));
  EXPECT_THAT(refusal("mysql://a b@h"), HasSubstr("blank"));
  EXPECT_THAT(refusal("mysql://h\n"), HasSubstr("control"));
  EXPECT_THAT(refusal(std::string("mysql://h\0x", 11)), HasSubstr("control"));
}

TEST(UriParse, NeverQuotesAPasswordThatLandedInAnotherPart) {
  for (const char* text :
       {"mysql://app:sesame/x@db", "mysql://app:12/sesame@db", "mysql://app:12?sesame@db",
        "mysql://app:12#sesame@db", "mysql://app:ses%ame@db", "mysql://app:sesame",
        "mysql://app:1#sesame", "mysql://app:se same@db", "mysql://app:sesame@[db"}) {
    const std::string message = refusal(text);
    EXPECT_THAT(message, Not(HasSubstr("accepted"))) << text;
    EXPECT_THAT(message, Not(HasSubstr("ses"))) << text;
    EXPECT_THAT(message, Not(HasSubstr("same"))) << text;
  }
}

TEST(UriRedacted, LeavesOutThePasswordAndKeepsTheRest) {
  EXPECT_EQ(Uri::parse("mysql://app:sesame@127.0.0.1:3306").redacted(),
            "mysql://app@127.0.0.1:3306");
  EXPECT_EQ(Uri::parse("postgresql://app:pw@[::1]:5432/db?sslmode=require").redacted(),
            "postgresql://app@[::1]:5432/db?sslmode=require");
  EXPECT_EQ(Uri::parse("sqlite:data/").redacted(), "sqlite:data/");
  EXPECT_EQ(Uri::parse("postgresql:///db").redacted(), "postgresql:///db");
  EXPECT_EQ(Uri::parse("mysql://a%40b@h%2Fx").redacted(), "mysql://a%40b@h%2Fx");
}

TEST(UriRedacted, HidesSecretParameters) {
  const std::string text =
      Uri::parse("postgresql://h?password=sesame&sslPassword=sesame&access_token=sesame&sslmode=x")
          .redacted();
  EXPECT_THAT(text, Not(HasSubstr("sesame")));
  EXPECT_EQ(text, "postgresql://h?password=***&sslPassword=***&access_token=***&sslmode=x");
}

TEST(UriRedacted, ParsesBackToTheSameUrl) {
  for (const char* text :
       {"mysql://app@h:1/d?a=b&c=%26", "sqlite:a%3Fb%25", "sqlite:/x y/z.db",
        "postgresql://u%3A@[fe80::1]/a%2Fb", "mysql://?socket=/a%40b", "mysql://h/a%40b"}) {
    const std::string once = Uri::parse(text).redacted();
    EXPECT_EQ(Uri::parse(once).redacted(), once) << text;
    EXPECT_EQ(Uri::parse(once).path, Uri::parse(text).path) << text;
    EXPECT_EQ(Uri::parse(once).query, Uri::parse(text).query) << text;
  }
}

}  // namespace
}  // namespace crossload
