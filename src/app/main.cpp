#include "cli.h"

int main(int argc, char** argv) {
  return crossload::app::run_cli(argc, argv);
}
