// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/modprobe_options.hpp"

#include <gtest/gtest.h>

#include "support/memory_root.hpp"

namespace kmodsec::test {
namespace {

TEST(CollectModprobeOptions, PassesOverLinksThatLeadToNoFile) {
  MemoryRoot root;
  root.add_folder("/dev/null");
  root.add_link("/etc/modprobe.d/masked.conf", "/dev/null");
  root.add_link("/etc/modprobe.d/removed.conf", "/opt/removed.conf");
  root.add_file("/etc/modprobe.d/x.conf", "options x a=1\n");
  root.add_file("/usr/lib/modprobe.d/masked.conf", "options y b=2\n");
  const auto options = collect_modprobe_options(root);
  ASSERT_TRUE(options) << options.error().reason;
  ASSERT_EQ(options->size(), 1U);
  EXPECT_EQ(options->front().module, "x");
}

}  // namespace
}  // namespace kmodsec::test
