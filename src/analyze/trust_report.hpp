// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "model/inventory.hpp"
#include "model/trust_report.hpp"

namespace kmodsec {

/// The verdicts that `verify` shows, sorted by name. Each points into `facts`.
TrustReport verify_loaded(const Facts& facts);
TrustReport verify_trees(const Facts& facts);
/// Of a module that was asked for by name, every file of that name in the tree.
TrustReport verify_named(const Facts& facts, const std::vector<ModuleDetails>& modules);

}  // namespace kmodsec
