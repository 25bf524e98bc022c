// SPDX-License-Identifier: GPL-2.0-or-later
#include <malloc.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>

#include "cli/run.hpp"

namespace {

/// Large files are read one after the other. Memory that was touched once is kept for the next
/// one, which saves half of the page faults of a short run.
void keep_memory_between_files() {
  constexpr int largest = 32 * 1024 * 1024;
  ::mallopt(M_MMAP_THRESHOLD, largest);
  ::mallopt(M_TRIM_THRESHOLD, largest);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    keep_memory_between_files();
    return kmodsec::run(argc, argv);
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "kmodsec: %s\n", problem.what());
    return 2;
  }
}
