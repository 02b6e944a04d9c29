#include "directed_case.h"

namespace crossload::testing {

void PrintTo(const DirectedCase& param, std::ostream* out) {
  *out << param.one->name() << " from " << name_of(param.source) << " to " << name_of(param.target);
}

std::string test_name(const ::testing::TestParamInfo<DirectedCase>& info) {
  std::string target = name_of(info.param.target);
  target.front() = static_cast<char>(target.front() - 'a' + 'A');
  return info.param.one->name() + "_To" + target;
}

std::vector<DirectedCase> directed_cases(const std::vector<Case>& cases, Place source,
                                         const Expectation& expected) {
  std::vector<DirectedCase> result;
  for (const Place target : kAll) {
    for (const Case& one : cases) {
      if (expected(one, source, target) != nullptr) result.push_back({&one, source, target});
    }
  }
  return result;
}

void fill_source(const TestDatabase& database, const std::vector<Case>& cases) {
  const Place place = database.place();
  const bool mysql = place == Place::kMariadb || place == Place::kMysql;
  std::string script;
  for (const Case& one : cases) {
    if (!one.has_source(place)) continue;
    if (mysql) script += "SET sql_mode = DEFAULT, time_zone = DEFAULT;\n";
    script += one.setup() + ";\n";
  }
  database.run(script);
}

void DirectedTest::SetUp() {
  for (const Place place : {GetParam().source, GetParam().target}) {
    if (!is_available(place)) GTEST_SKIP() << "no " << name_of(place) << " server";
  }
}

}  // namespace crossload::testing
