// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "model/facts.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// What software that is installed on a host asks the kernel for when it is used, and what a device
/// needs that is plugged in later: names and aliases, with the reason.
std::vector<BootNeed> collect_later_loads(const Root& root);

}  // namespace kmodsec
