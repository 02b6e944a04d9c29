#include "crossload/base/uri.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <arpa/inet.h>

#include "crossload/base/error.h"
#include "crossload/base/strings.h"

namespace crossload {
namespace {

constexpr std::string_view kUnreserved =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

[[noreturn]] void refuse(std::string message) {
  throw Error(ErrorCode::kInvalidArgument, "bad URL: " + std::move(message));
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string decode(std::string_view text, std::string_view part) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      result += text[i];
      continue;
    }
    const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
    if (high < 0 || low < 0) {
      refuse("a '%' in the " + std::string(part) + " is not followed by two hex digits");
    }
    if (high == 0 && low == 0) refuse("the " + std::string(part) + " holds %00");
    result += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return result;
}

std::string encode(std::string_view text, std::string_view also_plain) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string result;
  for (const char c : text) {
    if (kUnreserved.find(c) != std::string_view::npos ||
        also_plain.find(c) != std::string_view::npos) {
      result += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      result += {'%', kHex[byte >> 4U], kHex[byte & 0x0FU]};
    }
  }
  return result;
}

bool is_scheme(std::string_view text) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  if (text.empty() || !letter(text.front())) return false;
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
  });
}

int parse_port(std::string_view text) {
  constexpr int kMaxPort = 65'535;
  int port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size() || port < 1 || port > kMaxPort) {
    refuse(
        "the port is not a number from 1 to 65535 (a '/', '?', '#' or '@' in a user name or "
        "password is written percent-encoded)");
  }
  return port;
}

bool is_ipv6(std::string_view text) {
  const std::string address(text.substr(0, text.find('%')));
  std::array<unsigned char, sizeof(in6_addr)> parsed{};
  return inet_pton(AF_INET6, address.c_str(), parsed.data()) == 1;
}

void parse_host_and_port(std::string_view text, Uri& uri) {
  std::string_view rest;
  if (!text.empty() && text.front() == '[') {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) refuse("the '[' of an IPv6 host has no ']'");
    uri.host = decode(text.substr(1, end - 1), "host");
    if (!is_ipv6(uri.host)) refuse("the host in brackets is not an IPv6 address");
    rest = text.substr(end + 1);
    if (!rest.empty() && rest.front() != ':') refuse("only a port may follow the host's ']'");
  } else {
    const std::size_t colon = text.find(':');
    uri.host = decode(text.substr(0, colon), "host");
    if (colon != std::string_view::npos) rest = text.substr(colon);
    if (rest.find(':', 1) != std::string_view::npos) {
      refuse("more than one ':' after the host: an IPv6 host stands in brackets");
    }
  }
  if (!rest.empty()) uri.port = parse_port(rest.substr(1));
}

void parse_authority(std::string_view text, Uri& uri) {
  if (text.find(' ') != std::string_view::npos) refuse("a blank before the path");
  const std::size_t at = text.rfind('@');
  if (at != std::string_view::npos) {
    const std::string_view user_info = text.substr(0, at);
    const std::size_t colon = user_info.find(':');
    uri.user = decode(user_info.substr(0, colon), "user name");
    if (colon != std::string_view::npos) {
      uri.password = Secret(decode(user_info.substr(colon + 1), "password"));
    }
    text.remove_prefix(at + 1);
  }
  parse_host_and_port(text, uri);
}

void parse_query(std::string_view text, Uri& uri) {
  for (const std::string& pair : split(text, '&')) {
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    std::string key = decode(std::string_view(pair).substr(0, equals), "query");
    if (key.empty()) refuse("a query parameter has no name");
    if (uri.parameter(key)) refuse("a query parameter is given twice");
    std::string value;
    if (equals != std::string::npos)
      value = decode(std::string_view(pair).substr(equals + 1), "query");
    uri.query.emplace_back(std::move(key), std::move(value));
  }
}

/// What follows a "//": the rest is taken off `text`.
void take_authority(std::string_view& text, Uri& uri) {
  uri.authority = true;
  text.remove_prefix(2);
  const std::string_view authority = text.substr(0, text.find_first_of("/?#"));
  text.remove_prefix(authority.size());
  // A password with a raw '/' or '?' ends the authority early and would show up in path or query.
  if (text.find('@') != std::string_view::npos) {
    refuse(
        "an '@' after the host (a '/', '?', '#' or '@' in a user name or password is written "
        "percent-encoded)");
  }
  if (text.find('#') != std::string_view::npos) refuse("a '#' is written %23");
  parse_authority(authority, uri);
  if (!text.empty() && text.front() == '/') text.remove_prefix(1);
}

bool is_secret_parameter(std::string_view key) {
  const std::string folded = ascii_lower(key);
  constexpr std::array<std::string_view, 4> kTelling = {"pass", "pwd", "secret", "token"};
  return std::any_of(kTelling.begin(), kTelling.end(),
                     [&](std::string_view part) { return folded.find(part) != std::string::npos; });
}

}  // namespace

std::optional<std::string> Uri::parameter(std::string_view key) const {
  for (const auto& [name, value] : query) {
    if (name == key) return value;
  }
  return std::nullopt;
}

Uri Uri::parse(std::string_view text) {
  if (std::any_of(text.begin(), text.end(), is_control)) refuse("it holds a control character");
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || !is_scheme(text.substr(0, colon))) {
    refuse("it does not begin with a scheme such as sqlite: or postgresql://");
  }
  Uri uri;
  uri.scheme = ascii_lower(text.substr(0, colon));
  std::string_view rest = text.substr(colon + 1);
  if (rest.substr(0, 2) == "//") take_authority(rest, uri);
  const std::size_t question = rest.find('?');
  uri.path = decode(rest.substr(0, question), "path");
  if (question != std::string_view::npos) parse_query(rest.substr(question + 1), uri);
  return uri;
}

std::string Uri::redacted() const {
  std::string text = scheme + ":";
  if (authority) {
    text += "//";
    if (!user.empty()) text += encode(user, "") + "@";
    const bool bracketed = host.find(':') != std::string::npos;
    text += bracketed ? "[" + encode(host, ":") + "]" : encode(host, ",");
    if (port) text += ":" + std::to_string(*port);
    if (!path.empty()) text += "/";
  }
  text += encode(path, authority ? "/:!$&'()*+,;=" : "/:@!$&'()*+,;= ");
  char separator = '?';
  for (const auto& [key, value] : query) {
    text += separator + encode(key, "") + "=";
    text += is_secret_parameter(key) ? "***" : encode(value, "/:,");
    separator = '&';
  }
  return text;
}

}  // namespace crossload
