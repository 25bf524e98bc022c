// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kmodsec {

/// One parameter of the kernel command line: "key" or "key=value".
struct KernelParameter {
  std::string key;
  std::string value;
  bool has_value = false;  ///< There is a `=`; what follows may be empty.
  bool for_init = false;   ///< It stands behind "--": the kernel hands it to init unread.
};

/// Parts at blanks outside of double quotes; one quote at the begin of the value or of the whole
/// goes, with the one at its end, and every other stays (linux: lib/cmdline.c, next_arg, and
/// kernel/params.c, parse_args; dracut: src/util/util.c has the same). Nothing counts after a NUL.
std::vector<KernelParameter> parse_kernel_command_line(std::string_view text);

/// Whether the kernel takes `key` for the parameter `name`, where `-` is `_` (linux:
/// kernel/params.c, parameq).
bool is_kernel_parameter(std::string_view key, std::string_view name);

}  // namespace kmodsec
