#pragma once

#include <map>
#include <string>
#include <vector>

#include "test_database.h"

namespace crossload::testing {

using Places = std::vector<Place>;
inline const Places kP = {Place::kPostgres};
inline const Places kM = {Place::kMariadb, Place::kMysql};
inline const Places kMa = {Place::kMariadb};
inline const Places kMy = {Place::kMysql};
inline const Places kS = {Place::kSqlite};
inline const Places kPS = {Place::kPostgres, Place::kSqlite};
inline const Places kPM = {Place::kPostgres, Place::kMariadb, Place::kMysql};
inline const Places kMS = {Place::kMariadb, Place::kMysql, Place::kSqlite};
inline const Places kAll = {Place::kPostgres, Place::kMariadb, Place::kMysql, Place::kSqlite};

/// What must have become of a case's table in one of the targets. In all SQL "@t" is the table.
struct Expected {
  Places targets;
  std::string query;                 ///< Asked of the target by its own shell.
  std::string answer;                ///< Lines, cells separated by tabs, "NULL".
  std::string rejects;               ///< "1:zero_date 3:nul", by key ("#0" by position), in order.
  std::string prepared;              ///< Makes the target's table; else the job does.
  Places sources;                    ///< Only from these; all of the case's where empty.
  std::vector<std::string> refused;  ///< Statements that the target must refuse.
  std::vector<std::string> told;     ///< Parts of the job's warnings.
  std::map<std::string, std::map<std::string, std::string>> rules;  ///< By column.
};

/// One table of a source and what it must become, by the number of the list of cases.
class Case {
 public:
  /// `setup` makes and fills the table in each of `sources`.
  Case(int number, const std::string& title, Places sources, const std::string& setup);
  /// What is expected at each of `targets`; the following calls say more about it.
  Case& to(Places targets, const std::string& query, const std::string& answer);
  /// Only for these of the sources.
  Case& from(Places sources);
  /// Other tables that go with the case's own; "@t" in their names is that one.
  Case& also(const std::vector<std::string>& tables);
  Case& refuses(const std::string& statement);
  Case& rejects(const std::string& rejects);
  Case& prepared(const std::string& sql);
  Case& told(const std::string& part);
  Case& rule(const std::string& column, const std::string& rule, const std::string& value);

  const std::string& name() const { return name_; }    ///< "Case21_UnsignedMaximum"
  const std::string& table() const { return table_; }  ///< "c21_unsignedmaximum"
  const std::vector<std::string>& others() const { return others_; }
  bool has_source(Place place) const;
  std::string setup() const { return in_table(setup_); }
  /// nullptr where the list says nothing about this direction.
  const Expected* expected(Place source, Place target) const;
  /// `sql` with the table's name in it.
  std::string in_table(const std::string& sql) const;

 private:
  std::string name_;
  std::string table_;
  Places sources_;
  std::string setup_;
  std::vector<std::string> others_;
  std::vector<Expected> expected_;
};

std::vector<Case> date_cases();
std::vector<Case> number_cases();
std::vector<Case> text_cases();
std::vector<Case> special_cases();
std::vector<Case> relation_cases();
std::vector<Case> key_cases();
std::vector<Case> object_cases();

/// The cases of all subjects.
std::vector<Case> all_cases();

}  // namespace crossload::testing
