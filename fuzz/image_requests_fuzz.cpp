// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/loading/image_requests.hpp"

#include <algorithm>

#include "target.hpp"

namespace {

using namespace kmodsec;

/// What the scripts of an image take from the kernel's command line.
void examine_parameters(std::string_view input) {
  for (const auto& parse : {parse_initramfs_tools_parameters, parse_mkinitcpio_parameters,
                            parse_mkinitfs_parameters, parse_mkinitfs_modules}) {
    constexpr std::size_t always_loaded = 16;
    const LoadConfig config = parse(input, "x");
    for (const LoadRequest& request : config.at_boot)
      require(request.name.find_first_of(" \t\n") == std::string::npos);
    require(config.at_boot.size() + config.lines.size() <= input.size() + always_loaded);
  }
  init_applies_blacklist(input);
}

}  // namespace

void kmodsec::examine(std::string_view input) {
  examine_parameters(input);
  const auto lines = static_cast<std::size_t>(std::ranges::count(input, '\n')) + 1;
  for (const auto& parse : {parse_conf_modules, parse_dracut_parameters, parse_mkinitcpio_config}) {
    const LoadConfig config = parse(input, "x");
    for (const LoadRequest& request : config.at_boot) {
      require(request.line >= 1 && request.line <= lines);
      require(request.name.find_first_of(" \t\n") == std::string::npos);
    }
    for (const ConfigLine& line : config.lines) require(line.line >= 1 && line.line <= lines);
    require(config.at_boot.size() + config.lines.size() <= input.size());
  }
}
