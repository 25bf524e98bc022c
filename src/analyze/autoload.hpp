// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string_view>

#include "model/doors.hpp"

namespace kmodsec {

/// What makes the kernel or udev ask for a module, and what that takes.
struct Trigger {
  Reach reach = Reach::root;
  std::string_view what;
  bool by_kernel = true;  ///< Through kernel.modprobe; otherwise by udev, for a device.
};

/// Of an alias or pattern of modules.alias; nothing for a kind that is not known.
std::optional<Trigger> trigger_of_alias(std::string_view alias);

/// Of a module that the kernel asks for by its name (linux: request_module without an alias).
std::optional<Trigger> trigger_of_name(std::string_view module);

}  // namespace kmodsec
