// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/whole_host.hpp"

#include <algorithm>
#include <string>

namespace kmodsec::test {
namespace {

void add_files(MemoryRoot& root, const std::string& folder, const std::string& names) {
  std::size_t at = 0;
  while (at < names.size()) {
    const std::size_t end = std::min(names.find(' ', at), names.size());
    root.add_file(folder + names.substr(at, end - at), "");
    at = end + 1;
  }
}

}  // namespace

void add_whole_installation(MemoryRoot& root) {
  add_files(root, "/etc/", "passwd group");
  add_files(root, "/usr/bin/", "env");
  add_files(root, "/usr/sbin/", "nologin");
  add_files(root, "/bin/", "sh");
  add_files(root, "/usr/lib/", "os-release");
  add_files(root, "/lib64/", "ld-linux-x86-64.so.2");
  for (const std::string folder :
       {"/var/cache", "/var/lib", "/var/log", "/var/tmp", "/root", "/boot"})
    root.add_folder(folder);
}

void add_whole_kernel_state(MemoryRoot& root) {
  add_files(root, "/proc/",
            "cmdline cpuinfo devices filesystems interrupts loadavg meminfo softirqs stat uptime "
            "version");
  add_files(root, "/proc/sys/fs/", "file-max");
  add_files(root, "/proc/sys/kernel/",
            "hostname osrelease ostype panic pid_max printk threads-max version");
  add_files(root, "/proc/sys/vm/", "overcommit_memory");
  add_files(root, "/sys/bus/platform/", "drivers_autoprobe");
  add_files(root, "/sys/class/mem/", "null");
  add_files(root, "/sys/dev/char/", "1:3");
  add_files(root, "/sys/devices/system/cpu/", "online");
  add_files(root, "/sys/kernel/", "uevent_seqnum");
  add_files(root, "/sys/firmware/efi/efivars/",
            "BootCurrent-8be4df61-93ca-11d2-aa0d-00e098032b8c "
            "BootOrder-8be4df61-93ca-11d2-aa0d-00e098032b8c");
  for (const std::string folder : {"/sys/kernel/mm", "/sys/module/kernel", "/run/lock"})
    root.add_folder(folder);
}

}  // namespace kmodsec::test
