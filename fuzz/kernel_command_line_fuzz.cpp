// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/kernel/kernel_command_line.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  for (const KernelParameter& parameter : parse_kernel_command_line(input)) {
    require(parameter.key.find('"') == std::string::npos);
    require(parameter.value.find('"') == std::string::npos);
  }
}
