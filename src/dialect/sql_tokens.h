#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "crossload/model/schema.h"

#include "lexer.h"

namespace crossload::dialect {

enum class WordKind {
  kWord,    ///< Bare.
  kName,    ///< Quoted; text is what it spells.
  kString,  ///< text is what it spells.
  kBlob,    ///< Hex digits.
  kBits,
  kNumber,
  kSymbol,  ///< Operators of several characters are one.
  kEnd,
};

struct Word {
  WordKind kind = WordKind::kEnd;
  std::string text;
  std::string lower;  ///< kWord: text in lower case.
  std::size_t begin = 0;
  std::size_t end = 0;
  bool double_quoted = false;  ///< SQLite's "text" may be a string.
};

/// The tokens of a text with literals read and operators whole; kEnd last.
/// Throws: Error kSchemaCopyFailed for what cannot be read.
std::vector<Word> read_words(Engine engine, std::string_view sql);

}  // namespace crossload::dialect
