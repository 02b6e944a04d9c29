#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crossload/mcp/server.h"
#include "crossload/tools/services.h"

namespace crossload::tools {

/// The URI of a job's report, for links and change notices.
std::string job_report_uri(const std::string& job_id);

/// Reports of jobs and schema copies as resources: crossload://jobs/{id}/report and /errors,
/// crossload://schema-copies/{name}/report. All they say is told by tools too. Thread: any.
class JobResources : public mcp::ResourceProvider {
 public:
  explicit JobResources(Services services) : services_(std::move(services)) {}
  std::vector<mcp::Resource> list() override;
  std::vector<mcp::Resource> templates() override;
  std::optional<mcp::ResourceContents> read(const std::string& uri) override;

 private:
  const Services services_;
};

}  // namespace crossload::tools
