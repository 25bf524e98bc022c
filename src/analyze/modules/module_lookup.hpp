// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/derived.hpp"
#include "model/inventory.hpp"

namespace kmodsec {

/// Returns nothing when no module of that name is loaded, on disk, in an index or built in.
/// `derived` is of the same facts: who looks up several modules makes it once.
std::optional<ModuleDetails> find_module(const Facts& facts, const Derived& derived,
                                         const std::string& name);
std::optional<ModuleDetails> find_module(const Facts& facts, const std::string& name);

/// The module file at a path. Its namesake in the kernel is another matter and not shown. Nothing
/// when no such file was collected.
std::optional<ModuleDetails> find_module_file(const Facts& facts, const std::string& path);

/// The kernel that a file is judged for: by where it lies, else by the release in its vermagic,
/// else the one that was asked about.
const ModuleTree* tree_of(const Facts& facts, const ModuleFile& file);

/// What hid a part of every module's details.
std::vector<Unseen> unseen_of_modules(const Facts& facts);

/// Modules whose aliases match a request of the kernel, such as "fs-xfs", each once.
std::vector<std::string> modules_for_alias(const Facts& facts, const std::string& request);

/// Whether a module of that name lies in the folder of some kernel, as far as its files were asked
/// for: it may be in no index, so that insmod alone loads it.
bool has_file_of(const Facts& facts, std::string_view name);

/// Every name that is loaded, in an index or built in, for the nearest one to be offered.
std::vector<std::string> known_modules(const Facts& facts);

}  // namespace kmodsec
