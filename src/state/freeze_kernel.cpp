// SPDX-License-Identifier: GPL-2.0-or-later
#include "state/freeze_kernel.hpp"

#include "system/kernel/kernel_switch.hpp"

namespace kmodsec {

Result<void> freeze_kernel(RunningSystem system, FreezeLevel level) {
  switch (level) {
    case FreezeLevel::signatures:
      return set_kernel_switch(system, "/sys/module/module/parameters/sig_enforce", "1");
    case FreezeLevel::lockdown:
      return set_kernel_switch(system, "/sys/kernel/security/lockdown", "integrity");
    case FreezeLevel::all:
      return set_kernel_switch(system, "/proc/sys/kernel/modules_disabled", "1");
  }
  return {};
}

}  // namespace kmodsec
