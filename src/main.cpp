// SPDX-License-Identifier: GPL-2.0-or-later
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>

#include "cli/run.hpp"

int main(int argc, char** argv) {
  try {
    return kmodsec::run(argc, argv);
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "kmodsec: %s\n", problem.what());
    return 2;
  }
}
