// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/kernel/kernel_log.hpp"

#include <gtest/gtest.h>

namespace kmodsec {
namespace {

TEST(KernelLog, ReadsRecordsOfTheDevice) {
  const auto lines = parse_kernel_log(
      "4,339,5140900,-;dummy: loading out-of-tree module taints kernel.\n"
      " SUBSYSTEM=module\n"
      "6,340,5140910,-,caller=T1;a\\x0ab\\xzz\n"
      "no record\n"
      "4,x,1,-;bad number\n");
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].sequence, 339U);
  EXPECT_EQ(lines[0].microseconds, 5140900U);
  EXPECT_EQ(lines[0].text, "dummy: loading out-of-tree module taints kernel.");
  EXPECT_EQ(lines[1].text, "a\nb\\xzz");
}

TEST(KernelLog, KnowsWhatBearsOnTrust) {
  for (const std::string_view text :
       {"dummy: module verification failed: signature and/or required key missing - tainting "
        "kernel",
        "Lockdown: modprobe: unsigned module loading is restricted; see man kernel_lockdown.7",
        "Loaded X.509 cert 'Debian Secure Boot CA: 6ccece7e4c6c0d1f6149f3dd27dfcc5cbb419ea1'",
        "secureboot: Secure boot enabled"})
    EXPECT_TRUE(is_about_module_trust({0, 0, std::string(text)})) << text;
  EXPECT_FALSE(is_about_module_trust({0, 0, "usb 1-1: new high-speed USB device"}));
}

}  // namespace
}  // namespace kmodsec
