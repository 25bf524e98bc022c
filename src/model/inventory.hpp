// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "model/cves/cves_report.hpp"
#include "model/facts.hpp"
#include "model/loading/load_paths.hpp"
#include "model/modules/identity.hpp"
#include "model/modules/module_file_state.hpp"
#include "model/modules/module_use.hpp"
#include "model/policy/policy.hpp"
#include "model/report.hpp"

namespace kmodsec {

/// One module as `list` shows it: loaded, on disk, or both. Points into the `Facts`.
struct ModuleRow {
  std::string name;
  const LoadedModule* loaded = nullptr;
  const ModuleFile* file = nullptr;
  ModuleFileState file_state;
  SignatureVerdict signature;  ///< Of the file.
  ModuleUse use;
  std::string kernel;  ///< Release, of a module on disk.
};

struct Inventory {
  const Facts* facts = nullptr;
  std::vector<ModuleRow> rows;
  std::size_t looked_at = 0;  ///< Modules before those were left out that were not asked for.
  std::vector<Unseen> unseen;
};

/// What `deny.everything_else` makes of one module.
struct KeepAnswer {
  KeepMode mode = KeepMode::observe;
  std::optional<KeptForUse> kept;  ///< Nothing where it is closed, or is to be.
  Attacker reach;                  ///< Of a closed one: who could have it loaded.
  bool denied = false;             ///< A line of kmodsec denies it now.
  std::string opened_by = {};      ///< An exception, until when; empty where there is none now.
};

/// Everything about one module. Points into the `Facts`.
struct ModuleDetails {
  std::string name;
  const LoadedModule* loaded = nullptr;
  const ModuleFile* file = nullptr;
  const BuiltinModule* builtin = nullptr;
  bool is_named_by_path = false;  ///< Its namesakes are another matter.
  ModuleFileState file_state;
  std::optional<Identity> identity;  ///< Of a loaded module, against the file.
  SignatureVerdict signature;        ///< Of the file.
  ModuleUse use;
  std::string kernel;  ///< Release of the kernel that the answers are about; empty: none is known.
  std::optional<ModuleLoadPaths> load_paths;   ///< Into that kernel; nothing when not asked.
  bool are_load_paths_seen = false;            ///< All that decides about them was.
  std::optional<std::vector<CveAnswer>> cves;  ///< Those that are known; nothing when not asked.
  std::string why_untold;                      ///< Why some verdicts on them are unknown.
  std::optional<KeepAnswer> keep;              ///< Nothing where the policy does not ask for it.
  std::vector<ConfigLine> options;             ///< Configured parameters, in the order they apply.
  std::optional<std::vector<SymbolVersion>> versions;  ///< Nothing when nobody asked.
};

/// The modules that `show` was asked for, in that order.
struct ModuleSelection {
  const Facts* facts = nullptr;
  std::vector<ModuleDetails> modules;
  std::vector<Unseen> unseen;
};

}  // namespace kmodsec
