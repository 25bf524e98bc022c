// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/kernel_config.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  for (const auto& [option, value] : parse_kernel_config(input))
    require(option.starts_with("CONFIG_"));
}
