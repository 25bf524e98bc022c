// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <string>

#include "format/boot/board_config.hpp"
#include "format/boot/boot_command_lines.hpp"
#include "format/boot/extlinux_config.hpp"
#include "format/boot/loader_entry.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const auto lines = static_cast<std::size_t>(std::ranges::count(input, '\n')) + 1;
  require(parse_loader_entry(input).line <= lines);
  if (const auto config = parse_extlinux_config(input)) {
    require(config->entries.size() <= lines);
    for (const BootEntry& entry : config->entries) require(entry.options.has_value());
  }
  static_cast<void>(parse_raspberry_pi_config(input));
  require(parse_uboot_environment(input).size() <= 1);
  if (const auto entries = parse_limine_config(input)) require(entries->size() <= lines);
  const std::string text(input);
  const LoadConfig one = load_config_of_command_lines({{text, "x", 1}}, false);
  const LoadConfig both = load_config_of_command_lines({{text, "x", 1}, {"", "y", 1}}, false);
  require(both.kernel.module_blacklist.empty() && both.at_boot.size() == one.at_boot.size());
  for (const std::string& path : initrds_on_command_line(text)) require(!path.empty());
}
