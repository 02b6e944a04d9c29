#include "array_text.h"

#include <algorithm>

#include "crossload/base/strings.h"

#include "json_scan.h"
#include "json_text.h"
#include "json_walk.h"
#include "number_text.h"

namespace crossload::convert {
namespace {

bool is_blank(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

/// What stands between elements: a box has commas itself.
/// Source: postgresql.org/docs/15 "8.15.6. Array Input and Output Syntax".
char delimiter_of(const LogicalType& array) {
  return array.declared == "box[]" ? ';' : ',';
}

/// Reads PostgreSQL's array literal. Source: postgresql.org/docs/15 "8.15. Arrays".
class ArrayToJson : public TextForm {
 public:
  explicit ArrayToJson(const Pair& pair)
      : rules_(pair.rules), element_(pair.from().element), delimiter_(delimiter_of(pair.from())) {}

  Outcome text(std::string_view in, std::string& out, Problem& problem) override {
    text_ = in;
    at_ = 0;
    problem_ = &problem;
    out.clear();
    if (in.starts_with('[') && !skip_bounds()) return Outcome::kRefused;
    if (!array(out, 0)) return Outcome::kRefused;
    return Outcome::kChanged;
  }

 private:
  bool malformed() {
    refuse(*problem_, "type", shown(text_) + " is no array");
    return false;
  }

  bool skip_bounds() {
    const std::size_t equals = text_.find('=');
    if (equals == std::string_view::npos) return malformed();
    if (!rules_.is(Rule::kArrayBounds, "drop")) {
      refuse(*problem_, "array_bounds", "the array does not begin at 1: " + shown(text_));
      return false;
    }
    rules_.count(Rule::kArrayBounds);
    at_ = equals + 1;
    return true;
  }

  bool array(std::string& out, int depth) {
    // PostgreSQL has no more dimensions. Source: postgresql.org/docs/15, MAXDIM.
    constexpr int kMostDimensions = 6;
    if (depth >= kMostDimensions || !take('{')) return malformed();
    out += '[';
    if (take('}')) {
      out += ']';
      return true;
    }
    do {
      if (out.back() != '[') out += ", ";
      skip_blanks();
      const bool nested = at_ < text_.size() && text_[at_] == '{';
      if (!(nested ? array(out, depth + 1) : element(out))) return false;
    } while (take(delimiter_));
    if (!take('}')) return malformed();
    out += ']';
    return true;
  }

  bool element(std::string& out) {
    std::string value;
    if (at_ < text_.size() && text_[at_] == '"') {
      for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
        if (text_[at_] == '\\') ++at_;
        if (at_ < text_.size()) value += text_[at_];
      }
      ++at_;
      return put(value, out);
    }
    while (at_ < text_.size() && text_[at_] != delimiter_ && text_[at_] != '}') {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      value += text_[at_++];
    }
    while (!value.empty() && is_blank(value.back())) value.pop_back();
    if (value.empty()) return malformed();
    if (!ascii_iequals(value, "null")) return put(value, out);
    out += "null";
    return true;
  }

  bool put(const std::string& value, std::string& out) {
    switch (element_) {
      case TypeKind::kInteger:
      case TypeKind::kDecimal:
      case TypeKind::kFloat32:
      case TypeKind::kFloat64:
        if (is_not_finite(value)) {
          refuse(*problem_, "nan", "JSON has no " + value);
          return false;
        }
        if (!is_json_number(value)) break;
        out += value;
        return true;
      case TypeKind::kBoolean:
        out += value == "t" || value == "true" ? "true" : "false";
        return true;
      case TypeKind::kJson:
        out += value;
        return true;
      default:
        break;
    }
    append_json_string(out, value);
    return true;
  }

  void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  }
  bool take(char wanted) {
    skip_blanks();
    if (at_ >= text_.size() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }

  RuleSet& rules_;
  TypeKind element_;
  char delimiter_;
  std::string_view text_;
  std::size_t at_ = 0;
  Problem* problem_ = nullptr;
};

class JsonToArray : public TextForm {
 public:
  explicit JsonToArray(const Pair& pair) : delimiter_(delimiter_of(pair.to())) {}

  Outcome text(std::string_view in, std::string& out, Problem& problem) override {
    if (in.starts_with('{') && in.ends_with('}')) return Outcome::kSame;
    if (in.empty() || scanner_.scan(in) != JsonFault::kNone || JsonWalk(in).peek() != '[') {
      return refuse(problem, "type", shown(in) + " is no array");
    }
    out.clear();
    JsonWalk walk(in);
    append_array(out, walk);
    return Outcome::kChanged;
  }

 private:
  void append_array(std::string& out, JsonWalk& walk) const {
    walk.take('[');
    out += '{';
    while (!walk.take(']')) {
      if (out.back() != '{') out += delimiter_;
      append_value(out, walk);
      walk.take(',');
    }
    out += '}';
  }

  void append_value(std::string& out, JsonWalk& walk) const {
    switch (walk.peek()) {
      case '[':
        return append_array(out, walk);
      case '"':
        return append_array_element(out, walk.string());
      default:
        break;
    }
    const std::string_view value = walk.value();
    if (value == "null") {
      out += "NULL";
    } else {
      append_array_element(out, value);
    }
  }

  JsonScanner scanner_{JsonChecks{}};
  char delimiter_;
};

// MySQL's set has no quotes: a label cannot hold a comma.
std::vector<std::string> labels_of(std::string_view set) {
  return set.empty() ? std::vector<std::string>() : split(set, ',');
}

class SetToJson : public TextForm {
 public:
  Outcome text(std::string_view in, std::string& out, Problem& /*problem*/) override {
    out = "[";
    for (const std::string& label : labels_of(in)) {
      if (out.size() > 1) out += ", ";
      append_json_string(out, label);
    }
    out += "]";
    return Outcome::kChanged;
  }
};

class SetToArray : public TextForm {
 public:
  Outcome text(std::string_view in, std::string& out, Problem& /*problem*/) override {
    out = "{";
    for (const std::string& label : labels_of(in)) {
      if (out.size() > 1) out += ",";
      append_array_element(out, label);
    }
    out += "}";
    return Outcome::kChanged;
  }
};

class ArrayToSet : public TextForm {
 public:
  explicit ArrayToSet(const Pair& pair) : to_json_(pair) {}

  Outcome text(std::string_view in, std::string& out, Problem& problem) override {
    const Outcome outcome = to_json_.text(in, json_, problem);
    if (outcome == Outcome::kRefused) return outcome;
    JsonWalk walk(json_);
    out.clear();
    walk.take('[');
    while (!walk.take(']')) {
      if (walk.peek() != '"') {
        return refuse(problem, "type", "a set holds labels only: " + shown(in));
      }
      const std::string label = walk.string();
      if (label.find(',') != std::string::npos) {
        return refuse(problem, "enum", "a set's label has no comma: " + shown(label));
      }
      if (!out.empty()) out += ',';
      out += label;
      walk.take(',');
    }
    return Outcome::kChanged;
  }

 private:
  ArrayToJson to_json_;
  std::string json_;
};

}  // namespace

void append_array_element(std::string& out, std::string_view text) {
  const bool plain =
      !text.empty() && !ascii_iequals(text, "null") &&
      std::none_of(text.begin(), text.end(), [](char c) {
        return is_blank(c) || c == ',' || c == '{' || c == '}' || c == '"' || c == '\\';
      });
  if (plain) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  out += '"';
}

std::unique_ptr<TextForm> array_to_json(const Pair& pair) {
  return std::make_unique<ArrayToJson>(pair);
}

std::unique_ptr<TextForm> json_to_array(const Pair& pair) {
  return std::make_unique<JsonToArray>(pair);
}

std::unique_ptr<TextForm> set_to_json() {
  return std::make_unique<SetToJson>();
}

std::unique_ptr<TextForm> set_to_array() {
  return std::make_unique<SetToArray>();
}

std::unique_ptr<TextForm> array_to_set(const Pair& pair) {
  return std::make_unique<ArrayToSet>(pair);
}

}  // namespace crossload::convert
