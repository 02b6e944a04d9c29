#pragma once

#include <string>
#include <vector>

#include "crossload/dialect/schema_script.h"

namespace crossload::dialect {

constexpr Engine kP = Engine::kPostgres;
constexpr Engine kM = Engine::kMysql;
constexpr Engine kS = Engine::kSqlite;

/// Tables item (id, name, qty) and log (id, what).
Schema shop(Engine engine);
void add_view(Schema& schema, const std::string& name, const std::string& sql);
/// On item.
void add_trigger(Schema& schema, const std::string& name, const std::string& sql);

SchemaScript script(const Schema& schema, Engine to, const ScriptOptions& options = {});
std::vector<std::string> texts(const std::vector<SchemaItem>& items);
/// "name: why it is left out"
std::vector<std::string> reasons(const SchemaScript& made);

}  // namespace crossload::dialect
