// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/host/host_identity.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/memory_root.hpp"

namespace kmodsec::test {
namespace {

const std::string boot_id = "d3bd2b8b-2a5c-4b8b-9d4f-0b2b0a6a7a11";

TEST(HostIdentity, OfADiskHasNoBoot) {
  MemoryRoot root;
  root.add_file("/etc/hostname", "web-1\n");
  root.add_file("/etc/machine-id", "0123456789abcdef0123456789abcdef\n");
  const HostIdentity host = collect_host_identity(root);
  EXPECT_EQ(host.name.value(), "web-1");
  EXPECT_EQ(host.machine_id.value(), "2ce39eeaad85438083a8de6e8c684ab6");
  EXPECT_FALSE(host.boot_id);
}

TEST(HostIdentity, OfAHostThatRunsIsWhatItsKernelSays) {
  MemoryRoot root;
  root.add_file("/etc/hostname", "of-the-next-boot\n");
  root.add_file("/proc/sys/kernel/hostname", "web-1\n");
  root.add_file("/proc/sys/kernel/random/boot_id", boot_id + "\n");
  const HostIdentity host = collect_host_identity(root);
  EXPECT_EQ(host.name.value(), "web-1");
  EXPECT_EQ(host.boot_id.value(), boot_id);
}

TEST(HostIdentity, ThatIsNoneNamesTheFile) {
  MemoryRoot root;
  root.add_file("/etc/machine-id", "an id\n");
  const HostIdentity host = collect_host_identity(root);
  ASSERT_FALSE(host.machine_id);
  EXPECT_EQ(host.machine_id.error().subject, "/etc/machine-id");
  EXPECT_EQ(host.name.error().kind, ErrorKind::not_found);
}

}  // namespace
}  // namespace kmodsec::test
