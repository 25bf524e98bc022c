// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"

namespace kmodsec {

/// A network interface and the kind it was created as ("dummy", "vlan"); no kind when a device
/// driver made it.
struct LinkKind {
  std::string interface;
  std::string kind;
};

/// The interfaces of this network namespace that have a kind (rtnetlink(7), IFLA_INFO_KIND). No
/// file of the kernel tells the kind, so this asks the running system and no captured tree.
Result<std::vector<LinkKind>> live_links();

}  // namespace kmodsec
