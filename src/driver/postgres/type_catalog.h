#pragma once

#include <map>
#include <string>
#include <vector>

#include <libpq-fe.h>

#include "crossload/model/schema.h"

#include "session.h"

namespace crossload::driver::postgres {

/// The types that columns of some tables have, and what these are made of.
class TypeCatalog {
 public:
  /// Asks for the types of one relation's columns; 0: of all.
  TypeCatalog(Session& session, Oid relation);

  /// What values of a type are. `declared` is the server's spelling of it.
  LogicalType logical(Oid type, int modifier, std::string declared) const;

 private:
  struct Entry {
    std::string schema;
    std::string name;
    char type = 'b';  ///< pg_type.typtype
    Oid base = 0;     ///< Domains.
    int base_modifier = -1;
    Oid element = 0;  ///< True arrays.
    std::vector<std::string> labels;
  };

  void fill(LogicalType& logical, Oid type, int modifier) const;

  std::map<Oid, Entry> types_;
};

}  // namespace crossload::driver::postgres
