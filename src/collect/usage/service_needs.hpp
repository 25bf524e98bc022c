// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "model/facts.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// What the installed services of a host have loaded when they are used, by a name or alias: those
/// that are known by their programs (see known_services.hpp), and what configuration in /etc names:
/// rules of nftables and iptables, devices of the network, mounts, exports. Each
/// request once, with the first reason, sorted. A place that cannot be looked at makes the whole an
/// error; one that is not there has nothing.
Seen<std::vector<BootNeed>> collect_service_needs(const Root& root);

}  // namespace kmodsec
