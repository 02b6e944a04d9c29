#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "translator.h"

namespace crossload::dialect {

/// Writes one call of a function.
class CallTranslator {
 public:
  CallTranslator(Translator& translator, const Expr& call, const Scope& scope)
      : translator_(translator), call_(call), scope_(scope) {}

  Written run();

 private:
  using Method = Written (CallTranslator::*)();
  struct Special {
    std::string_view name;
    Method method;
  };
  bool find_special(const Special* begin, const Special* end, Written& written);

  Written from_table();
  // translate_calls.cpp
  Written coalesce();
  Written nullif();
  Written is_null();
  Written choose();
  Written round();
  Written mod();
  Written extremes();
  Written uuid();
  Written regexp_like();
  Written json_valid();
  Written json_unquote();
  // translate_texts.cpp
  Written concat();
  Written concat_ws();
  Written sqlite_concat_ws();
  Written substr();
  Written left_part();
  Written right_part();
  Written trim_characters();
  Written padded();
  Written first_part();
  // translate_dates.cpp
  bool date_call(Written& written);
  Written now();
  Written today();
  Written extract();
  Written date_of();
  Written datetime_of();
  Written formatted();
  Written date_trunc();
  Written part_of(const std::string& unit, const Written& moment);
  Written called(const char* name);
  Written epoch_seconds();
  std::string epoch_of(const Written& moment);
  bool spelled_clock(const std::string& format, Written& written);
  // translate_intervals.cpp
  Written shift();
  Written stepped(Written moment);
  Written datediff();
  Written to_days();
  Written in_utc();
  // translate_aggregates.cpp
  bool aggregate_call(Written& written);
  Written count();
  Written sum();
  Written average();
  Written least_or_most();
  Written joined_texts();
  Written all_or_any();
  Written ranking();
  Written neighbour();
  Written finished(const std::string& name, const std::string& arguments, Written like);
  std::string filtered(const std::string& argument);
  std::string over();

  std::size_t count_of_arguments() const { return call_.args.size(); }
  void expect_arguments(std::size_t least, std::size_t most) const;
  Written argument(std::size_t i) { return translator_.value(*call_.args[i], scope_); }
  Written text_argument(std::size_t i) { return translator_.as_text(argument(i)); }
  Written number_argument(std::size_t i);
  static std::optional<long> whole_number(const Written& written);
  Written moment_argument(std::size_t i);
  [[noreturn]] void refuse() const;
  Engine from() const { return translator_.from(); }
  Engine to() const { return translator_.to(); }
  Written made(std::string sql, TypeKind kind) const {
    return translator_.made(std::move(sql), kind);
  }

  Translator& translator_;
  const Expr& call_;
  const Scope& scope_;
};

}  // namespace crossload::dialect
