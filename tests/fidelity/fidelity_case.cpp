#include "fidelity_case.h"

#include <algorithm>
#include <cctype>
#include <utility>

namespace crossload::testing {
namespace {

bool holds(const Places& places, Place place) {
  return std::find(places.begin(), places.end(), place) != places.end();
}

}  // namespace

Case::Case(int number, const std::string& title, Places sources, const std::string& setup)
    : name_("Case" + std::to_string(number) + "_" + title),
      table_("c" + std::to_string(number) + "_" + title),
      sources_(std::move(sources)),
      setup_(setup) {
  std::transform(table_.begin(), table_.end(), table_.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
}

Case& Case::to(Places targets, const std::string& query, const std::string& answer) {
  Expected expected;
  expected.targets = std::move(targets);
  expected.query = query;
  expected.answer = answer;
  expected_.push_back(std::move(expected));
  return *this;
}

Case& Case::from(Places sources) {
  expected_.back().sources = std::move(sources);
  return *this;
}

Case& Case::also(const std::vector<std::string>& tables) {
  for (const std::string& table : tables) others_.push_back(in_table(table));
  return *this;
}

Case& Case::refuses(const std::string& statement) {
  expected_.back().refused.push_back(statement);
  return *this;
}

Case& Case::rejects(const std::string& rejects) {
  expected_.back().rejects = rejects;
  return *this;
}

Case& Case::prepared(const std::string& sql) {
  expected_.back().prepared = sql;
  return *this;
}

Case& Case::told(const std::string& part) {
  expected_.back().told.push_back(part);
  return *this;
}

Case& Case::rule(const std::string& column, const std::string& rule, const std::string& value) {
  expected_.back().rules[column][rule] = value;
  return *this;
}

bool Case::has_source(Place place) const {
  return holds(sources_, place);
}

const Expected* Case::expected(Place source, Place target) const {
  if (!has_source(source)) return nullptr;
  for (const Expected& expected : expected_) {
    if (holds(expected.targets, target) &&
        (expected.sources.empty() || holds(expected.sources, source))) {
      return &expected;
    }
  }
  return nullptr;
}

std::string Case::in_table(const std::string& sql) const {
  std::string text = sql;
  for (std::size_t at = text.find("@t"); at != std::string::npos; at = text.find("@t", at)) {
    text.replace(at, 2, table_);
  }
  return text;
}

std::vector<Case> all_cases() {
  std::vector<Case> all;
  for (auto* part : {date_cases, number_cases, text_cases, special_cases, relation_cases, key_cases,
                     object_cases}) {
    for (Case& one : part()) all.push_back(std::move(one));
  }
  return all;
}

}  // namespace crossload::testing
