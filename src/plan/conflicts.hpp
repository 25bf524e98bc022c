// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <set>
#include <string>
#include <vector>

#include "analyze/derive.hpp"
#include "model/policy/plan.hpp"
#include "plan/owned_file.hpp"

namespace kmodsec {

/// The denied modules that this host uses now or needs at its next boot, with the first reason
/// found for each: what holds it, a loaded module that depends on it, /etc/fstab, snaps, an
/// initramfs that loads it. Where boot mounts something of a type that nothing tells, each file
/// system that it may be. A module that is denied already with everything else is none: its line
/// changes nothing, and one that root loads in spite of it would leave a whole new kernel open.
/// Before them what speaks against denying everything else.
std::vector<Conflict> conflicts_with(const PlanInput& input, const Derived& derived,
                                     const std::set<std::string>& overridden);

}  // namespace kmodsec
