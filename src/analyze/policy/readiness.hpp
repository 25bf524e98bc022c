// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "model/facts.hpp"
#include "model/policy/readiness.hpp"

namespace kmodsec {

/// Whether the running kernel can be frozen. Missing is what the policy requires, what boot asked
/// for and what /etc/fstab mounts, where it is neither loaded nor built in and nothing denies it.
/// `later` names what software of this host asks for when it is used.
Readiness judge_readiness(const Facts& facts, FreezeLevel level,
                          const std::vector<BootNeed>& later);

}  // namespace kmodsec
