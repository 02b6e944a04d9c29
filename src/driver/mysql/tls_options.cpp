#include "tls_options.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <string_view>

#include "crossload/base/error.h"
#include "crossload/base/strings.h"

namespace crossload::driver::mysql {
namespace {

#ifdef LIBMARIADB
constexpr mysql_option kTlsVersion = MARIADB_OPT_TLS_VERSION;
#else
constexpr mysql_option kTlsVersion = MYSQL_OPT_TLS_VERSION;
#endif

struct TextOption {
  std::string_view name;
  mysql_option option;
};
constexpr auto kTextOptions = std::to_array<TextOption>({
    {"ssl-ca", MYSQL_OPT_SSL_CA},
    {"ssl-capath", MYSQL_OPT_SSL_CAPATH},
    {"ssl-cert", MYSQL_OPT_SSL_CERT},
    {"ssl-key", MYSQL_OPT_SSL_KEY},
    {"ssl-cipher", MYSQL_OPT_SSL_CIPHER},
    {"ssl-crl", MYSQL_OPT_SSL_CRL},
    {"ssl-crlpath", MYSQL_OPT_SSL_CRLPATH},
    {"tls-version", kTlsVersion},
    {"default-auth", MYSQL_DEFAULT_AUTH},
    {"plugin-dir", MYSQL_PLUGIN_DIR},
    {"server-public-key-path", MYSQL_SERVER_PUBLIC_KEY},
});

[[noreturn]] void refuse(const std::string& name, std::string_view wanted) {
  throw Error(ErrorCode::kInvalidArgument,
              "the URL's option " + utf8_lossy(name) + " is to be " + std::string(wanted));
}

bool truth_of(const std::string& name, const std::string& value) {
  for (const std::string_view yes : {"", "1", "on", "true", "yes"}) {
    if (ascii_iequals(value, yes)) return true;
  }
  for (const std::string_view no : {"0", "off", "false", "no"}) {
    if (ascii_iequals(value, no)) return false;
  }
  refuse(name, "on or off");
}

void encrypt(MYSQL* handle, bool on) {
#ifdef LIBMARIADB
  const Flag value = on ? 1 : 0;
  mysql_options(handle, MYSQL_OPT_SSL_ENFORCE, &value);
#else
  const unsigned int mode = on ? SSL_MODE_REQUIRED : SSL_MODE_DISABLED;
  mysql_options(handle, MYSQL_OPT_SSL_MODE, &mode);
#endif
}

void verify_server(MYSQL* handle, bool on) {
#ifdef LIBMARIADB
  const Flag value = on ? 1 : 0;
  mysql_options(handle, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &value);
  if (on) encrypt(handle, true);
#else
  const unsigned int mode = on ? SSL_MODE_VERIFY_IDENTITY : SSL_MODE_REQUIRED;
  mysql_options(handle, MYSQL_OPT_SSL_MODE, &mode);
#endif
}

void set_tls_mode(MYSQL* handle, const std::string& name, const std::string& mode) {
  if (ascii_iequals(mode, "disabled")) {
    encrypt(handle, false);
  } else if (ascii_iequals(mode, "required")) {
    encrypt(handle, true);
  } else if (ascii_iequals(mode, "verify_ca") || ascii_iequals(mode, "verify-ca")) {
#ifdef LIBMARIADB
    // This library checks the certificate's name whenever it checks the certificate.
    verify_server(handle, true);
#else
    const unsigned int verify = SSL_MODE_VERIFY_CA;
    mysql_options(handle, MYSQL_OPT_SSL_MODE, &verify);
#endif
  } else if (ascii_iequals(mode, "verify_identity") || ascii_iequals(mode, "verify-identity")) {
    verify_server(handle, true);
  } else if (!ascii_iequals(mode, "preferred")) {
    refuse(name, "DISABLED, PREFERRED, REQUIRED, VERIFY_CA or VERIFY_IDENTITY");
  }
}

void set_option(MYSQL* handle, const std::string& name, const std::string& value) {
  const auto text = std::find_if(kTextOptions.begin(), kTextOptions.end(),
                                 [&](const TextOption& option) { return option.name == name; });
  if (text != kTextOptions.end()) {
    mysql_options(handle, text->option, value.c_str());
  } else if (name == "ssl") {
    encrypt(handle, truth_of(name, value));
  } else if (name == "ssl-mode") {
    set_tls_mode(handle, name, value);
  } else if (name == "ssl-verify-server-cert") {
    verify_server(handle, truth_of(name, value));
  } else if (name == "compress") {
    if (truth_of(name, value)) mysql_options(handle, MYSQL_OPT_COMPRESS, nullptr);
  } else if (name == "connect-timeout") {
    unsigned int seconds = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
    if (error != std::errc() || end != value.data() + value.size()) refuse(name, "seconds");
    mysql_options(handle, MYSQL_OPT_CONNECT_TIMEOUT, &seconds);
  } else if (name != "socket") {
    throw Error(ErrorCode::kInvalidArgument,
                "the URL's option " + utf8_lossy(name) + " is not one of the MySQL client's")
        .suggest("use ssl-mode, ssl-ca, ssl-cert, ssl-key, socket and the like");
  }
}

}  // namespace

bool set_url_options(MYSQL* handle, const Uri& url) {
  bool encrypted = false;
  bool in_the_clear = false;
  for (const auto& [name, value] : url.query) {
    // The option files allow both spellings.
    std::string spelled = ascii_lower(name);
    std::replace(spelled.begin(), spelled.end(), '_', '-');
    set_option(handle, spelled, value);
    if (spelled == "ssl-mode") {
      in_the_clear = ascii_iequals(value, "disabled") || ascii_iequals(value, "preferred");
    }
    const bool is_switch = spelled == "ssl" || spelled == "ssl-verify-server-cert";
    if (spelled.starts_with("ssl")) {
      encrypted = encrypted || !is_switch || truth_of(spelled, value);
    }
  }
  return encrypted && !in_the_clear;
}

}  // namespace crossload::driver::mysql
