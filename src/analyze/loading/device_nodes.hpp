// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/loading/access.hpp"
#include "model/loading/load_paths.hpp"

namespace kmodsec {

/// An alias by which the kernel asks when a device node is opened.
bool is_node_alias(std::string_view alias);

/// Who may open one of the nodes that an alias stands for; nothing when only root may, or none is
/// there.
std::optional<Attacker> who_opens(const std::string& alias, const std::vector<DeviceNode>& nodes);

/// The same on a machine whose nodes were not seen, if udev made them by its own rules.
std::optional<Attacker> who_opens_by_default(std::string_view alias);

}  // namespace kmodsec
