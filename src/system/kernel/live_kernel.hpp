// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

namespace kmodsec {

/// What uname(2) says of the running kernel. It answers where /proc is hidden, too.
struct KernelNames {
  std::string release;
  std::string version;
  std::string machine;
};

KernelNames live_kernel_names();

}  // namespace kmodsec
