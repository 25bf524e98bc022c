// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kmodsec {

/// One parameter of the kernel command line: "key" or "key=value", quotes taken off.
struct KernelParameter {
  std::string key;
  std::string value;
};

/// Parts at blanks outside of double quotes, as the kernel does (linux: lib/cmdline.c, next_arg).
std::vector<KernelParameter> parse_kernel_command_line(std::string_view text);

}  // namespace kmodsec
