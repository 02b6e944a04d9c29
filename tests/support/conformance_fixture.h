#pragma once

#include <memory>

#include "crossload/mcp/server.h"

namespace crossload::test {

/// A server with the tools, prompts and resources that the official conformance suite expects, and
/// a few more (echo, confirm, wait, ...) that protocol transcripts use.
class ConformanceFixture {
 public:
  ConformanceFixture();
  mcp::Server& server() { return *server_; }

 private:
  mcp::ToolRegistry tools_;
  std::unique_ptr<mcp::ResourceProvider> resources_;
  std::unique_ptr<mcp::Server> server_;
};

/// The suite's tools: content kinds, progress, logging, questions.
void add_suite_tools(mcp::ToolRegistry& tools);
/// Those that only transcripts use.
void add_transcript_tools(mcp::ToolRegistry& tools, std::unique_ptr<mcp::Server>& server);
std::vector<mcp::Prompt> fixture_prompts();
std::unique_ptr<mcp::ResourceProvider> fixture_resources();

/// Takes no arguments and returns one line of text.
mcp::ToolDefinition plain_tool(const std::string& name, const std::string& description);
mcp::ToolResult text_result(const std::string& text);

inline constexpr const char* kRedPixelPng =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC";
inline constexpr const char* kEmptyWav =
    "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=";

}  // namespace crossload::test
