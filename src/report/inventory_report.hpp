// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "model/inventory.hpp"
#include "report/style.hpp"

namespace kmodsec {

/// A table, one line for each module.
std::string print_list_text(const Inventory& inventory, const Style& style);

/// The document `kmodsec.list/1`.
std::string print_list_json(const Inventory& inventory);

/// Prints each module field by field, in the words of modinfo(8) where it has them, what decides
/// first. `with_signature` adds the bytes and ids of its signature.
std::string print_show_text(const ModuleSelection& selection, const Style& style,
                            bool with_signature = false);

/// The symbol versions of each module, as modprobe(8) dumps them.
std::string print_modversions_text(const ModuleSelection& selection, const Style& style);

/// The document `kmodsec.show/1`.
std::string print_show_json(const ModuleSelection& selection);

}  // namespace kmodsec
