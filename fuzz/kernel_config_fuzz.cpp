// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/kernel/kernel_config.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const auto config = parse_kernel_config(input);
  if (!config) return;
  for (const auto& [option, value] : *config) require(option.starts_with("CONFIG_"));
}
