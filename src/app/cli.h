#pragma once

namespace crossload::app {

/// The command line. Returns the exit code: 0 done, 1 failed, 2 wrong usage or configuration.
int run_cli(int argc, char** argv);

}  // namespace crossload::app
