// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/kernel/kernel_command_line.hpp"

#include "format/boot/root_parameters.hpp"
#include "format/loading/kernel_load_parameters.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  for (const KernelParameter& parameter : parse_kernel_command_line(input)) {
    require(parameter.has_value || parameter.value.empty());
    require(is_kernel_parameter(parameter.key, parameter.key));
  }
  for (const ParameterNeed& need : parse_root_parameters(input).needs)
    require(!need.request.empty() && !need.parameter.empty());
  const LoadConfig config = parse_kernel_load_parameters(input, "x");
  require(config.lines.size() + config.at_boot.size() <= input.size());
  require(config.kernel.module_blacklist.size() <= input.size());
}
