#include "text_target.h"

#include <algorithm>
#include <string>

#include "crossload/base/strings.h"

#include "column_type.h"
#include "text_scan.h"

namespace crossload::convert {
namespace {

std::string_view without_blanks_behind(std::string_view text) {
  const std::size_t last = text.find_last_not_of(' ');
  return text.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

/// What has to be looked at in a text.
struct TextChecks {
  bool utf8 = false;
  bool nul = false;
  bool blanks = false;   ///< Those behind are lost in the target.
  bool padding = false;  ///< Those behind mean nothing in the source.
  bool trim = false;     ///< They are to go.
  bool decode = false;   ///< Latin1 that was UTF-8 before.
  std::uint64_t characters = kUnlimited;
  std::uint64_t bytes = kUnlimited;
  Repertoire repertoire = Repertoire::kAll;

  bool any() const {
    return utf8 || nul || blanks || trim || decode || characters != kUnlimited ||
           bytes != kUnlimited || repertoire != Repertoire::kAll;
  }
};

bool is_dynamic_text(const Pair& pair) {
  return pair.source.engine == Engine::kSqlite;
}

// Kinds whose text is digits, letters and signs of ASCII, and short.
bool is_plain(TypeKind kind) {
  switch (kind) {
    case TypeKind::kBoolean:
    case TypeKind::kInteger:
    case TypeKind::kDecimal:
    case TypeKind::kFloat32:
    case TypeKind::kFloat64:
    case TypeKind::kDate:
    case TypeKind::kTime:
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampTz:
    case TypeKind::kInterval:
    case TypeKind::kUuid:
    case TypeKind::kBit:
      return true;
    default:
      return false;
  }
}

void set_lengths(const Pair& pair, TextChecks& checks) {
  const Engine source = pair.source.engine;
  const Engine target = pair.target.engine;
  const std::uint64_t from_characters = most_characters(source, pair.from());
  checks.characters = most_characters(target, pair.to());
  const bool same_kind = pair.from().kind == TypeKind::kText;
  if (same_kind && from_characters <= checks.characters) checks.characters = kUnlimited;
  checks.bytes = most_bytes(target, pair.to());
  constexpr std::uint64_t kWidestCharacter = 4;
  if (same_kind && from_characters < kUnlimited / kWidestCharacter &&
      from_characters * kWidestCharacter <= checks.bytes) {
    checks.bytes = kUnlimited;
  }
  // Equal charsets aside, a source's bytes are not the target's.
  if (same_kind && source == Engine::kMysql && pair.from().charset == pair.to().charset &&
      most_bytes(source, pair.from()) <= checks.bytes) {
    checks.bytes = kUnlimited;
  }
  // Nothing that is carried is longer.
  constexpr std::uint64_t kLongText = 4'294'967'295;
  if (checks.bytes >= kLongText) checks.bytes = kUnlimited;
}

TextChecks checks_for(const Pair& pair) {
  const Engine source = pair.source.engine;
  const Engine target = pair.target.engine;
  TextChecks checks;
  checks.utf8 = is_dynamic_text(pair);
  checks.nul = target == Engine::kPostgres && source != Engine::kPostgres;
  set_lengths(pair, checks);
  const bool from_char = pair.from().kind == TypeKind::kText && is_padded(source, pair.from());
  const bool to_char = pair.to().kind == TypeKind::kText && is_padded(target, pair.to());
  checks.padding = from_char && source == Engine::kPostgres;
  checks.trim = checks.padding && !to_char && pair.rules.is(Rule::kCharBlanks, "trim");
  checks.blanks = target == Engine::kMysql && to_char && !from_char;
  checks.decode = pair.rules.is(Rule::kDecodeAs, "utf8");
  checks.repertoire = repertoire_of(pair.to().charset);
  if (source == Engine::kMysql && pair.from().charset == pair.to().charset) {
    checks.repertoire = Repertoire::kAll;
  }
  if (is_plain(pair.from().kind)) {
    checks.utf8 = checks.nul = checks.decode = false;
    checks.repertoire = Repertoire::kAll;
  }
  return checks;
}

class LimitedText : public TextForm {
 public:
  LimitedText(const Pair& pair, const TextChecks& checks)
      : rules_(pair.rules), checks_(checks), type_(pair.to().declared) {}

  Outcome text(std::string_view in, std::string& out, Problem& problem) override {
    Outcome outcome = Outcome::kSame;
    if (checks_.utf8 && !is_utf8(in)) {
      if (!rules_.is(Rule::kInvalidUtf8, "replace")) {
        return refuse(problem, "invalid_utf8", "the text is not UTF-8: " + shown(in));
      }
      rules_.count(Rule::kInvalidUtf8);
      outcome = replace(utf8_lossy(in), in, out);
    }
    if (checks_.decode && !decode(in, out, outcome)) {
      return refuse(problem, "charset", shown(in) + " is not UTF-8 that was read as latin1");
    }
    if (checks_.nul && in.find('\0') != std::string_view::npos) {
      if (!rules_.is(Rule::kNul, "strip")) {
        return refuse(problem, "nul", "the text holds the character U+0000: " + shown(in));
      }
      rules_.count(Rule::kNul);
      std::string stripped(in);
      std::erase(stripped, '\0');
      outcome = replace(std::move(stripped), in, out);
    }
    if (checks_.trim && in.ends_with(' ')) {
      rules_.count(Rule::kCharBlanks);
      outcome = replace(std::string(without_blanks_behind(in)), in, out);
    }
    return check(in, out, outcome, problem);
  }

  Outcome bytes(std::string_view in, std::string& out, Problem& problem) override {
    if (!rules_.is(Rule::kBytes, "utf8")) return TextForm::bytes(in, out, problem);
    if (!is_utf8(in)) return refuse(problem, "invalid_utf8", "the bytes are not UTF-8");
    rules_.count(Rule::kBytes);
    return made(std::string(in), out, problem);
  }

 private:
  static Outcome replace(std::string text, std::string_view& in, std::string& out) {
    out = std::move(text);
    in = out;
    return Outcome::kChanged;
  }

  bool decode(std::string_view& in, std::string& out, Outcome& outcome) {
    if (within(Repertoire::kAscii, in)) return true;
    std::string decoded;
    if (!to_latin1(in, decoded) || !is_utf8(decoded)) return false;
    rules_.count(Rule::kDecodeAs);
    outcome = replace(std::move(decoded), in, out);
    return true;
  }

  // Bounds, with the text as it will be sent.
  Outcome check(std::string_view in, std::string& out, Outcome outcome, Problem& problem) const {
    if (in.size() > checks_.bytes) {
      return refuse(problem, "too_long", std::to_string(in.size()) + " bytes do not fit " + type_);
    }
    if (checks_.blanks && in.ends_with(' ')) {
      return refuse(problem, "trailing_blanks",
                    type_ + " loses the blanks at the end of " + shown(in));
    }
    if (in.size() > checks_.characters) {
      const std::size_t characters = count_characters(in);
      if (characters > checks_.characters) {
        const std::string_view trimmed = without_blanks_behind(in);
        if (!checks_.padding || count_characters(trimmed) > checks_.characters) {
          return refuse(problem, "too_long",
                        std::to_string(characters) + " characters do not fit " + type_);
        }
        out = std::string(trimmed);
        return Outcome::kChanged;
      }
    }
    if (!within(checks_.repertoire, in)) {
      return refuse(problem, "charset", "the column's character set does not hold " + shown(in));
    }
    return outcome;
  }

  RuleSet& rules_;
  TextChecks checks_;
  std::string type_;
};

}  // namespace

std::unique_ptr<TextForm> text_form(const Pair& pair) {
  const TextChecks checks = checks_for(pair);
  const bool may_be_bytes =
      pair.from().kind == TypeKind::kBytes || pair.from().kind == TypeKind::kDynamic;
  if (!checks.any() && !may_be_bytes) return nullptr;
  return std::make_unique<LimitedText>(pair, checks);
}

std::unique_ptr<CellConversion> to_text(const Pair& pair) {
  CellText reading;
  reading.boolean = pair.from().kind == TypeKind::kBoolean;
  reading.float32 = pair.from().kind == TypeKind::kFloat32;
  auto form = text_form(pair);
  const bool is_number = reading.boolean || reading.float32 ||
                         pair.from().kind == TypeKind::kFloat64 ||
                         pair.from().kind == TypeKind::kInteger;
  if (!form && !is_number) return nullptr;
  if (!form) form = std::make_unique<LimitedText>(pair, TextChecks{});
  return text_conversion(nullptr, std::move(form), reading);
}

}  // namespace crossload::convert
