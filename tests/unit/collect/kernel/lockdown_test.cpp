// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/kernel/lockdown.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/memory_root.hpp"

namespace kmodsec::test {
namespace {

using Log = Seen<std::vector<KernelLogLine>>;

constexpr auto level_file = "/sys/kernel/security/lockdown";
constexpr auto active_modules = "/sys/kernel/security/lsm";

const Log hidden = failure(ErrorKind::denied, "/dev/kmsg", "hidden");

Log lines_from(std::uint64_t first, const std::string& text) {
  return std::vector<KernelLogLine>{{first, 0, "Linux version"}, {first + 1, 5, text}};
}

KernelState kernel(const std::string& release, KernelConfig config = {}) {
  KernelState state;
  state.release = release;
  config.emplace("CONFIG_MODULES", "y");
  state.config = std::move(config);
  return state;
}

KernelState with_patch() {
  return kernel("4.18.0-553.el8_10.x86_64", {{"CONFIG_LOCK_DOWN_KERNEL", "y"}});
}

TEST(LockdownLevel, IsThatOfTheModulesFile) {
  MemoryRoot root(true);
  root.add_file(level_file, "none [integrity] confidentiality\n");
  EXPECT_EQ(collect_lockdown(root, kernel("6.1.0"), hidden), Lockdown::integrity);
}

TEST(LockdownLevel, IsNoneWhereTheModuleIsNotActiveOrNotBuilt) {
  MemoryRoot root(true);
  EXPECT_EQ(collect_lockdown(root, kernel("6.1.0"), hidden), Lockdown::none) << "not built";
  const KernelState built = kernel("6.1.0", {{"CONFIG_SECURITY_LOCKDOWN_LSM", "y"}});
  EXPECT_FALSE(collect_lockdown(root, built, hidden)) << "securityfs is not mounted";
  root.add_file(active_modules, "capability,apparmor");
  EXPECT_EQ(collect_lockdown(root, built, hidden), Lockdown::none);
}

TEST(LockdownLevel, BeforeTheModuleIsToldByTheLogAlone) {
  MemoryRoot root(true);
  root.add_file(active_modules, "capability,yama,selinux");
  const Log locked =
      lines_from(77, "Kernel is locked down from EFI secure boot; see man kernel_lockdown.7");
  EXPECT_EQ(collect_lockdown(root, with_patch(), locked), Lockdown::integrity);
  EXPECT_EQ(collect_lockdown(root, with_patch(), lines_from(0, "something")), Lockdown::none);
  EXPECT_FALSE(collect_lockdown(root, with_patch(), lines_from(77, "something")))
      << "the line may be gone from the ring";
  EXPECT_FALSE(collect_lockdown(root, with_patch(), hidden));
}

TEST(LockdownLevel, BeforeTheModuleIsNoneWhereTheBuildHasNoPatch) {
  const MemoryRoot root(true);
  EXPECT_EQ(collect_lockdown(root, kernel("4.19.300"), hidden), Lockdown::none);
  KernelState unseen = kernel("4.19.300");
  unseen.config = failure(ErrorKind::not_found, "/boot/config-4.19.300", "none");
  EXPECT_FALSE(collect_lockdown(root, unseen, hidden));
}

TEST(LockdownLevel, ThatOnlyTheLogTellsOfIsNotNone) {
  const MemoryRoot root(true);
  const Log locked = lines_from(0, "Kernel is locked down from command line; see man");
  EXPECT_FALSE(collect_lockdown(root, kernel("6.1.0"), locked));
}

}  // namespace
}  // namespace kmodsec::test
