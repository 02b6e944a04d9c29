#include "cell.h"

#include <cmath>
#include <utility>

#include "crossload/base/strings.h"

#include "number_text.h"

namespace crossload::convert {
namespace {

class TextConversion : public CellConversion {
 public:
  TextConversion(std::unique_ptr<TextForm> before, std::unique_ptr<TextForm> form,
                 const CellText& reading)
      : before_(std::move(before)), form_(std::move(form)), reading_(reading) {}

  Outcome convert(const Cell& cell, Problem& problem) override {
    const Outcome outcome = before_ ? both(cell, problem) : apply(*form_, cell, out_, problem);
    if (outcome == Outcome::kSame) cell.append_same();
    if (outcome == Outcome::kChanged) cell.batch.append_text(cell.to, out_);
    return outcome;
  }

 private:
  Outcome both(const Cell& cell, Problem& problem) {
    const Outcome first = apply(*before_, cell, between_, problem);
    if (first == Outcome::kNull || first == Outcome::kRefused) return first;
    if (first == Outcome::kSame) return apply(*form_, cell, out_, problem);
    const Outcome second = form_->text(between_, out_, problem);
    if (second != Outcome::kSame) return second;
    std::swap(out_, between_);
    return Outcome::kChanged;
  }

  Outcome apply(TextForm& form, const Cell& cell, std::string& out, Problem& problem) const {
    switch (cell.kind()) {
      case CellKind::kText:
        return form.text(cell.bytes(), out, problem);
      case CellKind::kInt64:
        if (reading_.boolean) return words(form, cell.int64(), out, problem);
        return form.integer(cell.int64(), out, problem);
      case CellKind::kUInt64:
        return form.large_integer(cell.uint64(), out, problem);
      case CellKind::kFloat64:
        if (reading_.float32) return float32(form, cell.float64(), out, problem);
        return form.real(cell.float64(), out, problem);
      case CellKind::kBytes:
        return form.bytes(cell.bytes(), out, problem);
      case CellKind::kNull:
        return Outcome::kNull;
    }
    return Outcome::kNull;
  }

  static Outcome words(TextForm& form, std::int64_t value, std::string& out, Problem& problem) {
    const std::string word = value == 0 ? "false" : "true";
    const Outcome outcome = form.text(word, out, problem);
    if (outcome == Outcome::kSame) out = word;
    return outcome == Outcome::kSame ? Outcome::kChanged : outcome;
  }

  static Outcome float32(TextForm& form, double value, std::string& out, Problem& problem) {
    const std::string digits = format_float32(value);
    const Outcome outcome = form.text(digits, out, problem);
    if (outcome == Outcome::kSame) out = digits;
    return outcome == Outcome::kSame ? Outcome::kChanged : outcome;
  }

  std::unique_ptr<TextForm> before_;
  std::unique_ptr<TextForm> form_;
  CellText reading_;
  std::string between_;
  std::string out_;
};

}  // namespace

Outcome refuse(Problem& problem, std::string_view code, std::string message) {
  problem.code = code;
  problem.message = std::move(message);
  return Outcome::kRefused;
}

std::string shown(std::string_view value) {
  constexpr std::size_t kHead = 40;
  bool cut = false;
  // The head first: a value can be a hundred megabytes.
  const std::string head = utf8_head(utf8_lossy(value.substr(0, kHead * 4)), kHead, cut);
  cut = cut || value.size() > kHead * 4;
  return "'" + head + (cut ? "...'" : "'");
}

Outcome TextForm::made(const std::string& text_form, std::string& out, Problem& problem) {
  const Outcome outcome = text(text_form, out, problem);
  if (outcome != Outcome::kSame) return outcome;
  out = text_form;
  return Outcome::kChanged;
}

Outcome TextForm::integer(std::int64_t value, std::string& out, Problem& problem) {
  return made(std::to_string(value), out, problem);
}

Outcome TextForm::large_integer(std::uint64_t value, std::string& out, Problem& problem) {
  return made(std::to_string(value), out, problem);
}

Outcome TextForm::real(double value, std::string& out, Problem& problem) {
  return made(format_double(value), out, problem);
}

Outcome TextForm::bytes(std::string_view in, std::string& /*out*/, Problem& problem) {
  return refuse(problem, "type", std::to_string(in.size()) + " bytes that are no text");
}

std::unique_ptr<CellConversion> text_conversion(std::unique_ptr<TextForm> before,
                                                std::unique_ptr<TextForm> form,
                                                const CellText& reading) {
  return std::make_unique<TextConversion>(std::move(before), std::move(form), reading);
}

}  // namespace crossload::convert
