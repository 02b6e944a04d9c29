#include <string>

#include "crossload/base/strings.h"

#include "column_type.h"
#include "json_scan.h"
#include "json_target.h"
#include "json_text.h"
#include "json_walk.h"

namespace crossload::convert {
namespace {

/// Reads what hstore prints: "key"=>"value", "key"=>NULL.
/// Source: postgresql.org/docs/15 "F.18. hstore".
class HstoreToJson : public TextForm {
 public:
  Outcome text(std::string_view in, std::string& out, Problem& problem) override {
    std::size_t at = 0;
    out = "{";
    while (at < in.size()) {
      if (out.size() > 1) out += ", ";
      std::string key;
      if (!quoted(in, at, key) || in.substr(at, 2) != "=>") return malformed(in, problem);
      at += 2;
      append_json_string(out, key);
      out += ": ";
      std::string value;
      if (in.substr(at, 4) == "NULL") {
        at += 4;
        out += "null";
      } else if (quoted(in, at, value)) {
        append_json_string(out, value);
      } else {
        return malformed(in, problem);
      }
      if (in.substr(at, 2) == ", ") at += 2;
    }
    out += "}";
    return Outcome::kChanged;
  }

 private:
  static Outcome malformed(std::string_view in, Problem& problem) {
    return refuse(problem, "type", shown(in) + " is no hstore");
  }

  static bool quoted(std::string_view in, std::size_t& at, std::string& value) {
    if (at >= in.size() || in[at] != '"') return false;
    for (++at; at < in.size() && in[at] != '"'; ++at) {
      if (in[at] == '\\') ++at;
      if (at < in.size()) value += in[at];
    }
    return at++ < in.size();
  }
};

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  out += '"';
}

class JsonToHstore : public TextForm {
 public:
  Outcome text(std::string_view in, std::string& out, Problem& problem) override {
    if (in.starts_with('"') || in.empty()) return Outcome::kSame;
    JsonWalk walk(in);
    if (scanner_.scan(in) != JsonFault::kNone || !walk.take('{')) {
      return refuse(problem, "type", shown(in) + " is no hstore");
    }
    out.clear();
    while (!walk.take('}')) {
      if (!out.empty()) out += ", ";
      append_quoted(out, walk.string());
      walk.take(':');
      out += "=>";
      if (walk.peek() == '"') {
        append_quoted(out, walk.string());
      } else if (walk.value() == "null") {
        out += "NULL";
      } else {
        return refuse(problem, "type", "hstore holds text only: " + shown(in));
      }
      walk.take(',');
    }
    return Outcome::kChanged;
  }

 private:
  JsonScanner scanner_{JsonChecks{}};
};

}  // namespace

bool is_hstore(const LogicalType& type) {
  return type.kind == TypeKind::kOther && declared_with(type, "hstore");
}

std::unique_ptr<TextForm> hstore_to_json() {
  return std::make_unique<HstoreToJson>();
}

std::unique_ptr<TextForm> json_to_hstore() {
  return std::make_unique<JsonToHstore>();
}

}  // namespace crossload::convert
