// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string_view>

namespace kmodsec {

/// An alias by which opening a device node asks for a module: "char-major-10-229" (linux:
/// fs/char_dev.c, block/genhd.c). Views into the alias; a number can be a pattern.
struct DeviceAlias {
  char kind;               ///< 'c' or 'b', as depmod(8) writes it.
  std::string_view major;  ///< "10"
  std::string_view minor;  ///< "229"; empty where the alias ends before it.
};

/// Returns nothing for any other alias.
std::optional<DeviceAlias> parse_device_alias(std::string_view alias);

}  // namespace kmodsec
