// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/boot/grub_config.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const GrubVariables environment = parse_grub_environment(input);
  for (const auto& [name, values] : environment) require(values.size() == 1);
  const auto config = parse_grub_config(input);
  if (!config) return require(config.error().kind == ErrorKind::too_large);
  for (const BootEntry& entry : config->entries) {
    require(entry.options || !entry.unclear.empty() || !entry.unified.empty());
    require(expand_loader_entry(entry, config->variables).size() <= most_expansions);
  }
}
