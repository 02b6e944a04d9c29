#pragma once

#include <set>
#include <string>
#include <vector>

#include "grouping.h"
#include "translator.h"

namespace crossload::dialect {

/// Writes one SELECT, without WITH and set operators.
class SelectTranslator {
 public:
  SelectTranslator(Translator& translator, const Select& select, const Scope& outer)
      : translator_(translator), select_(select) {
    scope_.outer = &outer;
  }

  std::string run(std::vector<OutputColumn>& outputs, bool names_matter);

 private:
  std::string from_sql(const FromItem& item);
  std::string join_sql(const FromItem& item);
  std::string table_sql(const FromItem& item);
  std::string using_sql(const FromItem& item, std::size_t begin, std::size_t middle);
  void add_table(const FromItem& item, const KnownTable& table, const std::string& written);
  void mark_nullable(std::size_t begin, std::size_t end);

  std::string items_sql(std::vector<OutputColumn>& outputs, bool names_matter);
  void add_star(const Expr& star, std::vector<OutputColumn>& outputs,
                std::vector<std::string>& list);
  void name_outputs(std::vector<OutputColumn>& outputs, std::vector<std::string>& list) const;
  std::string group_sql(const std::vector<OutputColumn>& outputs);
  void complete_groups(std::set<ScopeColumn> grouped, const std::set<std::string>& texts,
                       std::vector<std::string>& list);
  std::string order_sql(const std::vector<OutputColumn>& outputs);
  const SelectItem* item_called(const Expr& expr) const;

  Translator& translator_;
  const Select& select_;
  Scope scope_;
  std::vector<const Expr*> join_conditions_;
  std::vector<const Expr*> outer_joins_;
};

}  // namespace crossload::dialect
