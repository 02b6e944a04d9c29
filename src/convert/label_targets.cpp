#include "label_targets.h"

#include <algorithm>
#include <string>
#include <unordered_set>

#include "crossload/base/strings.h"

#include "array_text.h"
#include "text_target.h"

namespace crossload::convert {
namespace {

bool has_label(const LogicalType& type, std::string_view label) {
  return std::find(type.labels.begin(), type.labels.end(), label) != type.labels.end();
}

class EmptyEnum : public TextForm {
 public:
  explicit EmptyEnum(const Pair& pair) : rules_(pair.rules) {}

  Outcome text(std::string_view in, std::string& /*out*/, Problem& problem) override {
    if (!in.empty()) return Outcome::kSame;
    if (!rules_.is(Rule::kEnumEmpty, "null")) {
      return refuse(problem, "enum_empty", "the enum's empty value, which stands for an error");
    }
    rules_.count(Rule::kEnumEmpty);
    return Outcome::kNull;
  }

 private:
  RuleSet& rules_;
};

class AnyText : public TextForm {
 public:
  Outcome text(std::string_view /*in*/, std::string& /*out*/, Problem& /*problem*/) override {
    return Outcome::kSame;
  }
};

class EnumForm : public TextForm {
 public:
  explicit EnumForm(const Pair& pair)
      : labels_(pair.to().labels.begin(), pair.to().labels.end()), type_(pair.to().declared) {}

  Outcome text(std::string_view in, std::string& /*out*/, Problem& problem) override {
    label_.assign(in);
    if (labels_.contains(label_)) return Outcome::kSame;
    return refuse(problem, "enum", type_ + " has no label " + shown(in));
  }

 private:
  std::unordered_set<std::string> labels_;
  std::string type_;
  std::string label_;
};

class SetForm : public TextForm {
 public:
  explicit SetForm(const Pair& pair)
      : labels_(pair.to().labels.begin(), pair.to().labels.end()), type_(pair.to().declared) {}

  Outcome text(std::string_view in, std::string& /*out*/, Problem& problem) override {
    if (in.empty()) return Outcome::kSame;
    for (const std::string& label : split(in, ',')) {
      if (!labels_.contains(label)) {
        return refuse(problem, "enum", type_ + " has no label " + shown(label));
      }
    }
    return Outcome::kSame;
  }

 private:
  std::unordered_set<std::string> labels_;
  std::string type_;
};

bool covers(const std::vector<std::string>& labels, const std::vector<std::string>& others) {
  return std::all_of(others.begin(), others.end(), [&](const std::string& label) {
    return std::find(labels.begin(), labels.end(), label) != labels.end();
  });
}

}  // namespace

bool may_be_empty_enum(const Pair& pair) {
  return pair.source.engine == Engine::kMysql && pair.from().kind == TypeKind::kEnum &&
         !has_label(pair.from(), "");
}

std::unique_ptr<CellConversion> from_enum(const Pair& pair, std::unique_ptr<TextForm> form) {
  if (!form) form = std::make_unique<AnyText>();
  return text_conversion(std::make_unique<EmptyEnum>(pair), std::move(form), {});
}

std::unique_ptr<CellConversion> to_enum(const Pair& pair) {
  const bool covered = pair.from().kind == TypeKind::kEnum && !pair.from().labels.empty() &&
                       covers(pair.to().labels, pair.from().labels);
  std::unique_ptr<TextForm> form;
  if (!covered) form = std::make_unique<EnumForm>(pair);
  if (may_be_empty_enum(pair)) return from_enum(pair, std::move(form));
  return covered ? nullptr : text_conversion(nullptr, std::move(form), {});
}

std::unique_ptr<CellConversion> to_set(const Pair& pair) {
  if (pair.from().kind == TypeKind::kSet && covers(pair.to().labels, pair.from().labels)) {
    return nullptr;
  }
  std::unique_ptr<TextForm> before;
  if (pair.from().kind == TypeKind::kArray) before = array_to_set(pair);
  return text_conversion(std::move(before), std::make_unique<SetForm>(pair), {});
}

std::unique_ptr<CellConversion> to_array(const Pair& pair) {
  if (pair.from().kind == TypeKind::kArray) return nullptr;
  auto limits = text_form(pair);
  if (!limits) limits = std::make_unique<AnyText>();
  auto before = pair.from().kind == TypeKind::kSet ? set_to_array() : json_to_array(pair);
  return text_conversion(std::move(before), std::move(limits), {});
}

}  // namespace crossload::convert
