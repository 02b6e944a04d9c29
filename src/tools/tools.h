#pragma once

#include <memory>

#include "crossload/mcp/tool.h"
#include "crossload/tools/services.h"

namespace crossload::tools {

class MigrationService;

/// Adds a tool whose calls are logged: its name, profile, database or job, how it ended and how
/// long it took. Never SQL, values or passwords.
void add_tool(mcp::ToolRegistry& registry, const Services& services, mcp::ToolDefinition definition,
              mcp::ToolHandler handler);

// One function per tool file: adds its definition and handler. `services` is copied.

void add_list_profiles(mcp::ToolRegistry& registry, const Services& services);
void add_list_databases(mcp::ToolRegistry& registry, const Services& services);
void add_list_tables(mcp::ToolRegistry& registry, const Services& services);
void add_describe_table(mcp::ToolRegistry& registry, const Services& services);
void add_sample_data(mcp::ToolRegistry& registry, const Services& services);
void add_query_sql(mcp::ToolRegistry& registry, const Services& services);
void add_execute_sql(mcp::ToolRegistry& registry, const Services& services);
void add_generate_schema_copy(mcp::ToolRegistry& registry, const Services& services);
void add_start_migration_job(mcp::ToolRegistry& registry, const Services& services,
                             std::shared_ptr<MigrationService> migrations);
void add_check_migration_status(mcp::ToolRegistry& registry, const Services& services);
void add_read_artifact(mcp::ToolRegistry& registry, const Services& services);
void add_list_migration_jobs(mcp::ToolRegistry& registry, const Services& services);
void add_cancel_migration_job(mcp::ToolRegistry& registry, const Services& services,
                              std::shared_ptr<MigrationService> migrations);

}  // namespace crossload::tools
