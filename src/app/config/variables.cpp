#include "variables.h"

#include <algorithm>
#include <cstdlib>

#include "crossload/base/error.h"

namespace crossload::app {
namespace {

bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_name(std::string_view text) {
  return !text.empty() && is_name_start(text.front()) &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return is_name_start(c) || (c >= '0' && c <= '9'); });
}

/// A stretch of the text: literal, or the name of a variable.
struct Piece {
  std::size_t offset;
  bool variable;
  std::string text;
};

std::vector<Piece> pieces_of(std::string_view text) {
  std::vector<Piece> pieces;
  std::size_t offset = 0;
  const auto literal = [&](std::size_t end) {
    if (end > offset)
      pieces.push_back({offset, false, std::string(text.substr(offset, end - offset))});
  };
  for (;;) {
    const std::size_t dollar = text.find("${", offset);
    if (dollar == std::string_view::npos) break;
    if (dollar > offset && text[dollar - 1] == '$') {
      literal(dollar);
      pieces.push_back({dollar, false, "{"});
      offset = dollar + 2;
      continue;
    }
    literal(dollar);
    const std::size_t end = text.find('}', dollar);
    const std::string_view name =
        end == std::string_view::npos ? "" : text.substr(dollar + 2, end - dollar - 2);
    if (!is_name(name)) {
      throw Error(
          ErrorCode::kInvalidArgument,
          "a '${' is not followed by a variable's name and '}' (write '$${' for a plain '${')");
    }
    pieces.push_back({dollar, true, std::string(name)});
    offset = end + 1;
  }
  literal(text.size());
  return pieces;
}

std::string value_of(const std::string& name, const Variables& variables) {
  const std::optional<std::string> value = variables(name);
  if (!value) {
    throw Error(ErrorCode::kInvalidArgument, "the environment variable " + name + " is not set");
  }
  return *value;
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    result += {'%', kHex[byte >> 4U], kHex[byte & 0x0FU]};
  }
  return result;
}

struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Where user name and password of a URL stand: between "://" and '@'; empty where there are none.
Range user_info(const std::vector<Piece>& pieces, std::string_view text) {
  const std::size_t slashes = text.find("://");
  if (slashes == std::string_view::npos) return {};
  Range found{slashes + 3, 0};
  for (const Piece& piece : pieces) {
    if (piece.variable) continue;
    for (std::size_t i = 0; i < piece.text.size(); ++i) {
      const std::size_t offset = piece.offset + i;
      if (offset < found.begin) continue;
      if (piece.text[i] == '@') found.end = offset;
      if (piece.text[i] == '/' || piece.text[i] == '?' || piece.text[i] == '#') return found;
    }
  }
  return found;
}

}  // namespace

Variables process_variables() {
  return [](const std::string& name) -> std::optional<std::string> {
    const char* value = std::getenv(name.c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
  };
}

std::string expand(std::string_view text, const Variables& variables) {
  std::string result;
  for (const Piece& piece : pieces_of(text)) {
    result += piece.variable ? value_of(piece.text, variables) : piece.text;
  }
  return result;
}

std::string expand_url(std::string_view text, const Variables& variables) {
  const std::vector<Piece> pieces = pieces_of(text);
  const Range encoded = user_info(pieces, text);
  std::string result;
  for (const Piece& piece : pieces) {
    if (!piece.variable) {
      result += piece.text;
    } else if (piece.offset >= encoded.begin && piece.offset < encoded.end) {
      result += percent_encoded(value_of(piece.text, variables));
    } else {
      result += value_of(piece.text, variables);
    }
  }
  return result;
}

}  // namespace crossload::app
