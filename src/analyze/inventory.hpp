// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/inventory.hpp"

namespace kmodsec {

/// Which modules `list` shows. The conditions add up.
struct InventoryFilter {
  bool on_disk = false;  ///< Every module of the tree instead of the loaded ones.
  bool unused = false;
  bool tainted = false;
  bool unsigned_ = false;
  bool verified = true;  ///< Signatures were verified, and not only read.
};

Inventory make_inventory(const Facts& facts, const InventoryFilter& filter);

}  // namespace kmodsec
