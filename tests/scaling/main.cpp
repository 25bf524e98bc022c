// SPDX-License-Identifier: GPL-2.0-or-later
// Does the work of each row at its size and at eight times that, in the function whose instructions
// tests/scaling/test_scaling.py has valgrind count. Prints the names of the rows in that order.
#include <array>
#include <cstdio>

#include "row.hpp"

namespace {

constexpr std::size_t times = 8;

}  // namespace

extern "C" __attribute__((noinline)) void kmodsec_counted(const std::function<void()>& work) {
  work();
}

int main() {
  using namespace kmodsec::scaling;
  for (const auto rows : std::array{index_rows(), kernel_rows(), host_rows(), analysis_rows()}) {
    for (const Row& row : rows) {
      kmodsec_counted(row.prepare(row.size));
      kmodsec_counted(row.prepare(row.size * times));
      std::printf("%.*s\n", static_cast<int>(row.name.size()), row.name.data());
    }
  }
}
