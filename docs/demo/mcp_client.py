"""Drives crossload over MCP stdio as an agent would: one line a JSON-RPC message, nothing but the standard library.

usage: mcp_client.py CROSSLOAD CONFIG PROFILE SOURCE TARGET
"""

import json
import subprocess
import sys


class Server:
    """A `crossload serve` at the other end of two pipes."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.last_id = 0

    def send(self, message):
        self.process.stdin.write(json.dumps({"jsonrpc": "2.0", **message}).encode() + b"\n")
        self.process.stdin.flush()

    def request(self, method, params, on_progress=None):
        self.last_id += 1
        self.send({"id": self.last_id, "method": method, "params": params})
        while True:
            line = self.process.stdout.readline()
            if not line:
                raise SystemExit(f"demo: the server ended during {method}")
            message = json.loads(line)
            if message.get("method") == "notifications/progress" and on_progress:
                on_progress(message["params"])
            if message.get("id") != self.last_id or "method" in message:
                continue
            if "error" in message:
                raise SystemExit(f"demo: {method}: {message['error']}")
            return message["result"]

    def call(self, tool, arguments, on_progress=None):
        print(f"\n> {tool} {json.dumps(arguments)}", flush=True)
        params = {"name": tool, "arguments": arguments}
        if on_progress:
            params["_meta"] = {"progressToken": f"{tool}-{self.last_id}"}
        result = self.request("tools/call", params, on_progress)
        content = result["structuredContent"]
        if result.get("isError"):
            raise SystemExit(f"demo: {tool} failed: {json.dumps(content, indent=2)}")
        return content

    def close(self):
        self.process.stdin.close()
        if self.process.wait(timeout=30) != 0:
            raise SystemExit(f"demo: the server ended with {self.process.returncode}")


def show_progress(params):
    print(f"  {params['progress']:5.1f} %  {params.get('message', '')}", flush=True)


def migrate(server, profile, source, target):
    job = server.call("start-migration-job", {
        "source_profile": profile, "source_database": source,
        "target_profile": profile, "target_database": target,
        "create_schema": True, "batch_size": 5000})
    print(f"  {job['message']}")
    for warning in job["warnings"]:
        print(f"  warning: {warning}")
    while True:
        status = server.call("check-migration-status",
                             {"job_id": job["job_id"], "wait_seconds": 20}, show_progress)
        if status["status"] != "running":
            return status


def main():
    crossload, config, profile, source, target = sys.argv[1:]
    server = Server([crossload, "serve", "--config", config, "--log-level", "warning"])
    hello = server.request("initialize", {
        "protocolVersion": "2025-11-25", "capabilities": {},
        "clientInfo": {"name": "crossload-demo", "version": "1"}})
    print(f"connected to {hello['serverInfo']['name']} {hello['serverInfo']['version']} "
          f"(MCP {hello['protocolVersion']})")
    server.send({"method": "notifications/initialized"})

    tools = server.request("tools/list", {})["tools"]
    print("tools: " + ", ".join(tool["name"] for tool in tools))

    tables = server.call("list-tables", {"profile_name": profile, "database_name": source})
    for table in tables["tables"]:
        print(f"  {table['kind']:6} {table['name']}")

    status = migrate(server, profile, source, target)
    print()
    for table in status["tables_status"]:
        print(f"  {table['status']:10} {table['rows_migrated']:>7} of {table['total_rows']:>7}  {table['table']}")
    print(f"job {status['job_id']}: {status['status']}, {status['rows_migrated']} rows migrated, "
          f"{status['rows_failed']} failed, {status['fk_violations']} foreign key violations")

    best = server.call("query-sql", {"profile_name": profile, "database_name": target,
                                     "sql": "SELECT name, cents FROM best_customers", "limit": 3})
    for row in best["rows"]:
        print(f"  {row}")
    server.close()
    if status["status"] != "completed" or status["rows_migrated"] != status["total_rows"]:
        raise SystemExit(f"demo: the migration did not complete: {json.dumps(status, indent=2)}")


if __name__ == "__main__":
    main()
