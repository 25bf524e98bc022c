// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "format/snapshot_packed_indexes.hpp"

namespace kmodsec {

/// The module files of a tree whose details were left out: each is an entry of modules.dep with the
/// aliases that modules.alias has for it, and else one of a few kinds, all of whose files are
/// alike. `rest` gets the others. Of a tree whose files were seen.
nlohmann::json packed_files(const ModuleTree& tree, std::vector<ModuleFile>& rest);

/// Adds them to the others, in the order of their paths. The tree has its index and its aliases.
void unpack_files(const nlohmann::json& json, Budget& budget, ModuleTree& tree);

}  // namespace kmodsec
