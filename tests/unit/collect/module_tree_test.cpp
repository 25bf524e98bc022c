// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/module_tree.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/memory_root.hpp"

namespace kmodsec::test {
namespace {

TEST(InstalledKernels, EachOnceOldestFirst) {
  MemoryRoot root;
  for (const std::string release : {"6.10.0", "6.9.0", "6.09.0"}) {
    root.add_folder("/lib/modules/" + release);
    root.add_folder("/usr/lib/modules/" + release);
  }
  const auto releases = installed_kernels(root);
  ASSERT_TRUE(releases);
  EXPECT_EQ(*releases, (std::vector<std::string>{"6.09.0", "6.9.0", "6.10.0"}));
}

}  // namespace
}  // namespace kmodsec::test
