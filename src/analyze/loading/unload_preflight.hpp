// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "model/facts.hpp"
#include "model/loading/preflight.hpp"

namespace kmodsec {

/// What keeps each of these modules in the running kernel: other modules, devices, mounts and the
/// like, references, or what the configuration would have run first. Those named before it count
/// as gone. `facts` must outlive the result.
UnloadPreflight preflight_unload(const Facts& facts, const std::vector<std::string>& modules);

}  // namespace kmodsec
