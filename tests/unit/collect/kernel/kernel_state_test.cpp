// SPDX-License-Identifier: GPL-2.0-or-later
//
// What a kernel does not show is a fact of the running one, and of a capture that is whole.
#include "collect/kernel_state.hpp"

#include <gtest/gtest.h>

#include <string>

#include "collect/kernel/lockdown.hpp"
#include "collect/kernel/secure_boot.hpp"
#include "support/whole_host.hpp"

namespace kmodsec::test {
namespace {

const std::string running_release = "6.1.0-9-test";

/// A kernel without modules and without kexec.
MemoryRoot bare_kernel() {
  MemoryRoot root;
  root.add_file("/proc/sys/kernel/osrelease", running_release + "\n");
  root.add_folder("/sys/module/kernel");
  return root;
}

MemoryRoot whole(MemoryRoot root) {
  add_whole_installation(root);
  add_whole_kernel_state(root);
  root.add_file("/proc/sys/kernel/osrelease", running_release + "\n");
  return root;
}

KernelState posture_of(const Root& root) {
  KernelState kernel = collect_kernel_identity(root);
  collect_kernel_trust(root, kernel);
  collect_kernel_posture(root, kernel);
  return kernel;
}

TEST(KernelState, ThatModulesAreNotSupportedNeedsAWholeProc) {
  EXPECT_FALSE(collect_kernel_identity(bare_kernel()).modules_supported);
  EXPECT_FALSE(collect_kernel_identity(whole(bare_kernel())).modules_supported.value_or(true));
}

TEST(KernelState, ThatModulesAreNotSupportedIsToldByTheBuildOptions) {
  MemoryRoot root = bare_kernel();
  root.add_file("/boot/config-" + running_release,
                "# CONFIG_MODULES is not set\n# end of Kernel hacking\n");
  EXPECT_FALSE(collect_kernel_identity(root).modules_supported.value_or(true));
}

TEST(KernelState, ThatNothingIsEnforcedNeedsAWholeSys) {
  EXPECT_FALSE(posture_of(bare_kernel()).sig_enforce);
  EXPECT_FALSE(posture_of(whole(bare_kernel())).sig_enforce.value_or(true));
}

TEST(KernelState, ThatThereIsNoKexecNeedsAllSettings) {
  EXPECT_EQ(posture_of(bare_kernel()).kexec_load_disabled.error().kind, ErrorKind::not_found);
  EXPECT_EQ(posture_of(whole(bare_kernel())).kexec_load_disabled.error().kind,
            ErrorKind::unsupported);
}

TEST(SecureBoot, ThatEfiWasNotUsedNeedsAWholeSys) {
  MemoryRoot root;
  root.add_folder("/sys/firmware/acpi/tables");
  EXPECT_FALSE(collect_secure_boot(root));
  for (const std::string file :
       {"bus/platform/drivers_autoprobe", "class/mem/null", "dev/char/1:3",
        "devices/system/cpu/online", "kernel/uevent_seqnum", "kernel/mm/x", "module/kernel/uevent"})
    root.add_file("/sys/" + file, "");
  EXPECT_EQ(collect_secure_boot(root), SecureBoot::unsupported);
}

TEST(SecureBoot, ThatEfiWasNotUsedIsToldByTheBootParameters) {
  MemoryRoot root;
  root.add_file("/sys/kernel/boot_params/data", std::string(4096, '\0'));
  EXPECT_EQ(collect_secure_boot(root), SecureBoot::unsupported);
  std::string parameters(4096, '\0');
  parameters.replace(0x1C0, 4, "EL64");
  root.add_file("/sys/kernel/boot_params/data", parameters);
  EXPECT_FALSE(collect_secure_boot(root));
}

/// Shim's own switch turns it off, and may have been left out.
TEST(SecureBoot, ThatItIsOnNeedsEveryVariable) {
  const std::string folder = "/sys/firmware/efi/efivars/";
  const std::string guid = "-8be4df61-93ca-11d2-aa0d-00e098032b8c";
  MemoryRoot root;
  root.add_file(folder + "SecureBoot" + guid, std::string("\x06\0\0\0\1", 5));
  root.add_file(folder + "SetupMode" + guid, std::string("\x06\0\0\0\0", 5));
  EXPECT_FALSE(collect_secure_boot(root));
  root.add_file(folder + "BootCurrent" + guid, "");
  root.add_file(folder + "BootOrder" + guid, "");
  EXPECT_EQ(collect_secure_boot(root), SecureBoot::enabled);
}

TEST(Lockdown, IsNoneInACaptureOnlyWhereItsModuleIsNotActive) {
  MemoryRoot root;
  root.add_file("/sys/kernel/security/lsm", "capability,lockdown,yama\n");
  KernelState kernel;
  kernel.release = "6.1.0-9-test";
  kernel.config = KernelConfig{{"CONFIG_SECURITY_LOCKDOWN_LSM", "y"}};
  const std::vector<KernelLogLine> log;
  EXPECT_FALSE(collect_lockdown(root, kernel, log));
  root.add_file("/sys/kernel/security/lsm", "capability,yama\n");
  EXPECT_EQ(collect_lockdown(root, kernel, log), Lockdown::none);
}

}  // namespace
}  // namespace kmodsec::test
