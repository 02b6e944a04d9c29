#pragma once

#include <map>
#include <string>
#include <string_view>

#include "crossload/model/schema.h"

#include "session.h"

namespace crossload::driver::mysql {

/// Adds what hangs on tables, given by name. `only`: of that table alone.
void add_indexes(Session& session, const std::string* only, std::map<std::string, Table*>& tables);
void add_foreign_keys(Session& session, const std::string* only,
                      std::map<std::string, Table*>& tables);
void add_checks(Session& session, const std::string* only, std::map<std::string, Table*>& tables);
void add_triggers(Session& session, const std::string* only, std::map<std::string, Table*>& tables);

/// A query of the database, or of one table of it: "@schema" becomes the database's name and
/// "@only" a condition on `column`.
std::string for_table(Session& session, std::string_view sql, std::string_view column,
                      const std::string* only);
std::string replace_all(std::string_view text, std::string_view what, std::string_view by);

}  // namespace crossload::driver::mysql
