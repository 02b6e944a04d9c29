#include "sql_tokens.h"

#include <array>
#include <cstdint>

#include "crossload/base/error.h"
#include "crossload/base/strings.h"

namespace crossload::dialect {
namespace {

[[noreturn]] void refuse(const std::string& what) {
  throw Error(ErrorCode::kSchemaCopyFailed, what);
}

void append_utf8(std::string& text, std::uint32_t code) {
  const auto put = [&](std::uint32_t byte) { text += static_cast<char>(byte); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | (code >> 6));
    put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | (code >> 12));
    put(0x80 | ((code >> 6) & 0x3F));
    put(0x80 | (code & 0x3F));
  } else {
    put(0xF0 | (code >> 18));
    put(0x80 | ((code >> 12) & 0x3F));
    put(0x80 | ((code >> 6) & 0x3F));
    put(0x80 | (code & 0x3F));
  }
}

/// Reads a quoted text of either kind of escapes.
class QuotedText {
 public:
  QuotedText(Engine engine, std::string_view inner, char quote, bool backslashes)
      : engine_(engine), inner_(inner), quote_(quote), backslashes_(backslashes) {}

  std::string run() {
    while (at_ < inner_.size()) {
      const char c = inner_[at_++];
      if (c == quote_) {
        text_ += c;
        ++at_;
      } else if (c == '\\' && backslashes_) {
        escape();
      } else {
        text_ += c;
      }
    }
    return std::move(text_);
  }

 private:
  void escape() {
    if (at_ >= inner_.size()) refuse("a text that ends in a backslash");
    const char c = inner_[at_++];
    engine_ == Engine::kPostgres ? postgres_escape(c) : mysql_escape(c);
  }

  // Source: dev.mysql.com "String Literals", table 9.1.
  void mysql_escape(char c) {
    switch (c) {
      case '0':
        text_ += '\0';
        return;
      case 'b':
        text_ += '\b';
        return;
      case 'n':
        text_ += '\n';
        return;
      case 'r':
        text_ += '\r';
        return;
      case 't':
        text_ += '\t';
        return;
      case 'Z':
        text_ += '\x1a';
        return;
      case '%':
      case '_':  // Stay escaped for LIKE.
        text_ += '\\';
        text_ += c;
        return;
      default:
        text_ += c;
    }
  }

  // Source: postgresql.org/docs/15 "4.1.2.2".
  void postgres_escape(char c) {
    constexpr std::string_view kLetters = "bfnrt";
    constexpr std::string_view kMeant = "\b\f\n\r\t";
    const std::size_t letter = kLetters.find(c);
    if (letter != std::string_view::npos) {
      text_ += kMeant[letter];
    } else if (c == 'x') {
      number(16, 2);
    } else if (c == 'u') {
      number(16, 4);
    } else if (c == 'U') {
      number(16, 8);
    } else if (c >= '0' && c <= '7') {
      --at_;
      number(8, 3);
    } else {
      text_ += c;
    }
  }

  void number(unsigned base, std::size_t most) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::uint32_t code = 0;
    for (std::size_t i = 0; i < most && at_ < inner_.size(); ++i) {
      const std::size_t digit = kDigits.find(ascii_lower(inner_.substr(at_, 1)));
      if (digit >= base) break;
      code = code * base + static_cast<std::uint32_t>(digit);
      ++at_;
    }
    if (code >= 0x80 && most < 4) refuse("a text with bytes given by number");
    append_utf8(text_, code);
  }

  Engine engine_;
  std::string_view inner_;
  char quote_;
  bool backslashes_;
  std::size_t at_ = 0;
  std::string text_;
};

constexpr auto kOperators = std::to_array<std::string_view>(
    {"!~~*", "->>", "#>>", "<=>", "~~*", "!~~", "!~*", "||", "<=", ">=",
     "<>",   "!=",  "==",  "::",  "->",  "#>",  "~~",  "!~", "~*", "<<",
     ">>",   "@>",  "<@",  ":=",  "&&",  "=>",  "?|",  "?&", "@@", "<->"});

class WordReader {
 public:
  WordReader(Engine engine, std::string_view sql) : engine_(engine), sql_(sql) {}

  std::vector<Word> run() {
    Lexer lexer(engine_, sql_);
    for (Token token = lexer.next(); token.kind != TokenKind::kEnd; token = lexer.next()) {
      if (token.offset < next_) continue;
      add(token);
    }
    const OpenEnd open = lexer.open_end();
    if (open == OpenEnd::kQuote || open == OpenEnd::kBlockComment)
      refuse("a text whose quote or comment has no end");
    Word end;
    end.begin = end.end = sql_.size();
    words_.push_back(std::move(end));
    return std::move(words_);
  }

 private:
  void add(const Token& token) {
    Word word;
    word.begin = token.offset;
    word.end = token.offset + token.text.size();
    word.text = std::string(token.text);
    switch (token.kind) {
      case TokenKind::kWord:
        word.kind = WordKind::kWord;
        word.lower = ascii_lower(token.text);
        break;
      case TokenKind::kQuotedName:
        word.kind = WordKind::kName;
        word.text = spelled_name(token);
        word.double_quoted = token.text.front() == '"';
        break;
      case TokenKind::kString:
        add_string(token, std::move(word));
        return;
      case TokenKind::kNumber:
        word.kind = WordKind::kNumber;
        if (token.text.starts_with("0x") || token.text.starts_with("0X")) {
          word.kind = engine_ == Engine::kMysql ? WordKind::kBlob : WordKind::kNumber;
          if (word.kind == WordKind::kBlob) word.text = word.text.substr(2);
        }
        break;
      default:
        word.kind = WordKind::kSymbol;
        if (word.text.starts_with("/*!") || word.text.starts_with("/*M!")) {
          refuse("a comment that only some versions read");
        }
        for (const std::string_view known : kOperators) {
          if (sql_.substr(token.offset, known.size()) != known) continue;
          word.text = std::string(known);
          word.end = token.offset + known.size();
          break;
        }
    }
    next_ = word.end;
    words_.push_back(std::move(word));
  }

  /// What a word right before the quote makes of the text behind it.
  void add_string(const Token& token, Word word) {
    next_ = word.end;
    word.kind = WordKind::kString;
    const std::string_view text = token.text;
    if (text.front() == '$') {
      const std::size_t tag = text.find('$', 1) + 1;
      word.text = std::string(text.substr(tag, text.size() - 2 * tag));
    } else {
      const bool escapes = text.front() == 'E' || text.front() == 'e';
      const std::size_t begin = escapes ? 2 : 1;
      word.text = QuotedText(engine_, text.substr(begin, text.size() - begin - 1), text.back(),
                             escapes || engine_ == Engine::kMysql)
                      .run();
    }
    const bool joined = !words_.empty() && words_.back().end == token.offset &&
                        words_.back().kind == WordKind::kWord;
    const std::string prefix = joined ? words_.back().lower : "";
    if (prefix == "x" || prefix == "b") {
      word.kind = prefix == "x" ? WordKind::kBlob : WordKind::kBits;
    } else if (prefix == "n" || (prefix.starts_with("_") && engine_ == Engine::kMysql)) {
      if (prefix == "_binary") refuse("the literal _binary'...'");
    } else {
      words_.push_back(std::move(word));
      return;
    }
    word.begin = words_.back().begin;
    words_.back() = std::move(word);
  }

  Engine engine_;
  std::string_view sql_;
  std::size_t next_ = 0;
  std::vector<Word> words_;
};

}  // namespace

std::vector<Word> read_words(Engine engine, std::string_view sql) {
  return WordReader(engine, sql).run();
}

}  // namespace crossload::dialect
