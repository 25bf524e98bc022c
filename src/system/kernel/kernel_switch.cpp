// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/kernel/kernel_switch.hpp"

#include <fcntl.h>

#include "system/files/descriptor.hpp"
#include "system/files/errno_error.hpp"
#include "system/files/write_descriptor.hpp"

namespace kmodsec {

Result<void> set_kernel_switch(RunningSystem /*system*/, const std::string& path,
                               std::string_view value) {
  const Descriptor fd(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (!fd.is_open()) return errno_error(path);
  return write_descriptor(fd.get(), path, value);
}

}  // namespace kmodsec
