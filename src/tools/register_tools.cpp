#include <memory>

#include "crossload/tools/services.h"

#include "migration_service.h"
#include "tools.h"

namespace crossload::tools {

void register_tools(mcp::ToolRegistry& registry, const Services& services) {
  const auto migrations = std::make_shared<MigrationService>(services);
  add_list_profiles(registry, services);
  add_list_databases(registry, services);
  add_list_tables(registry, services);
  add_describe_table(registry, services);
  add_sample_data(registry, services);
  add_query_sql(registry, services);
  add_execute_sql(registry, services);
  add_generate_schema_copy(registry, services);
  add_start_migration_job(registry, services, migrations);
  add_check_migration_status(registry, services);
  add_read_artifact(registry, services);
  add_list_migration_jobs(registry, services);
  add_cancel_migration_job(registry, services, migrations);
}

}  // namespace crossload::tools
