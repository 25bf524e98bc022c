// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "model/facts.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// The settings of a running kernel, or of a captured one; of a running system the device nodes
/// with the major numbers that aliases of `trees` name.
AccessSettings collect_access(const Root& root, const std::vector<ModuleTree>& trees);

}  // namespace kmodsec
