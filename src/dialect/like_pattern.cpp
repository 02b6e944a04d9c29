#include "like_pattern.h"

#include <algorithm>

namespace crossload::dialect {
namespace {

using Part = LikePattern::Part;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

LikePattern read_like(std::string_view pattern, std::optional<char> escape) {
  LikePattern read;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (escape && pattern[i] == *escape) {
      if (++i == pattern.size()) {
        read.known = false;
        return read;
      }
      read.pieces.push_back({Part::kCharacter, pattern[i]});
    } else if (pattern[i] == '%' || pattern[i] == '_') {
      read.pieces.push_back({pattern[i] == '%' ? Part::kAny : Part::kOne, '\0'});
    } else {
      read.pieces.push_back({Part::kCharacter, pattern[i]});
    }
  }
  return read;
}

LikePattern read_glob(std::string_view pattern) {
  LikePattern read;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '[') {
      const bool itself = i + 2 < pattern.size() && pattern[i + 2] == ']' && pattern[i + 1] != '^';
      if (!itself) read.known = false;
      if (!itself) return read;
      read.pieces.push_back({Part::kCharacter, pattern[i + 1]});
      i += 2;
    } else if (pattern[i] == '*' || pattern[i] == '?') {
      read.pieces.push_back({pattern[i] == '*' ? Part::kAny : Part::kOne, '\0'});
    } else {
      read.pieces.push_back({Part::kCharacter, pattern[i]});
    }
  }
  return read;
}

bool LikePattern::has_letters() const {
  return std::any_of(pieces.begin(), pieces.end(), [](const Piece& piece) {
    return piece.part == Part::kCharacter && is_letter(piece.character);
  });
}

bool LikePattern::has_wildcard_letters() const {
  return std::any_of(pieces.begin(), pieces.end(), [](const Piece& piece) {
    return piece.part == Part::kCharacter &&
           std::string_view("%_\\").find(piece.character) != std::string_view::npos;
  });
}

std::string LikePattern::as_like() const {
  std::string text;
  for (const Piece& piece : pieces) {
    if (piece.part == Part::kAny) {
      text += '%';
    } else if (piece.part == Part::kOne) {
      text += '_';
    } else {
      if (std::string_view("%_\\").find(piece.character) != std::string_view::npos) text += '\\';
      text += piece.character;
    }
  }
  return text;
}

std::string LikePattern::as_glob() const {
  std::string text;
  for (const Piece& piece : pieces) {
    if (piece.part == Part::kAny) {
      text += '*';
    } else if (piece.part == Part::kOne) {
      text += '?';
    } else if (std::string_view("*?[").find(piece.character) != std::string_view::npos) {
      text += std::string("[") + piece.character + "]";
    } else {
      text += piece.character;
    }
  }
  return text;
}

bool is_plain_regexp(std::string_view pattern) {
  constexpr std::string_view kPlain = " ^$.*+?|()[]{},-_@:/#%&=~'\"<>!;";
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (c == '\\') {
      // A backslash before a mark makes it mean itself everywhere; classes such as \d do not agree.
      if (++i == pattern.size() ||
          std::string_view(".+*?()[]{}|^$-/\\").find(pattern[i]) == std::string_view::npos) {
        return false;
      }
    } else if (!letter && kPlain.find(c) == std::string_view::npos) {
      return false;
    }
    if (c == '(' && i + 1 < pattern.size() && pattern[i + 1] == '?') return false;
    if (c == '[' && i + 1 < pattern.size() && (pattern[i + 1] == ':' || pattern[i + 1] == '.')) {
      return false;
    }
  }
  return !pattern.empty();
}

}  // namespace crossload::dialect
