// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string_view>

#include "model/loading/load_paths.hpp"

namespace kmodsec {

/// What makes the kernel or udev ask for a module, and what that takes.
struct Autoload {
  AttackerPosition position = AttackerPosition::root;
  std::string_view what;
  bool by_kernel = true;  ///< Through kernel.modprobe; otherwise by udev, for a device.
  AttackerPosition when_loaded = position;  ///< Who can use the module when it is in the kernel.
  std::string_view use = what;
};

/// The autoload of an alias or pattern of modules.alias in a kernel of this series (see
/// kernel_changes.hpp); nothing for a kind that is not known, and for device nodes (see
/// device_nodes.hpp).
std::optional<Autoload> autoload_of_alias(std::string_view alias, unsigned series);

/// The autoload of a module that the kernel asks for by its name (linux: request_module without an
/// alias).
std::optional<Autoload> autoload_of_name(std::string_view module);

}  // namespace kmodsec
