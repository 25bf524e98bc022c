// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/kernel/live_kernel.hpp"

#include <sys/utsname.h>

namespace kmodsec {

KernelNames live_kernel_names() {
  utsname names{};
  ::uname(&names);
  return {names.release, names.version, names.machine};
}

}  // namespace kmodsec
