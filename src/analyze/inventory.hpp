// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/inventory.hpp"

namespace kmodsec {

/// Which modules `list` shows. The conditions add up.
struct InventoryFilter {
  bool on_disk = false;  ///< Every module of the tree instead of the loaded ones.
  bool unused = false;
  bool tainted = false;
  bool unsigned_ = false;
};

Inventory make_inventory(const Facts& facts, const InventoryFilter& filter);

/// Nothing when no module of that name is loaded, on disk or built in.
std::optional<ModuleDetails> find_module(const Facts& facts, const std::string& name);

/// Modules whose aliases match a request of the kernel, such as "fs-xfs", each once.
std::vector<std::string> modules_for_alias(const Facts& facts, const std::string& request);

/// Every name that `find_module` would find, for the nearest one to be offered.
std::vector<std::string> known_modules(const Facts& facts);

}  // namespace kmodsec
