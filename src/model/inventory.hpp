// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/cves/cves_report.hpp"
#include "model/facts.hpp"
#include "model/modules/identity.hpp"
#include "model/report.hpp"

namespace kmodsec {

/// One module as `list` shows it: loaded, on disk, or both. Points into the `Facts`.
struct ModuleRow {
  std::string name;
  const LoadedModule* loaded = nullptr;
  const ModuleFile* file = nullptr;
  SignatureVerdict signature;  ///< Of the file.
  std::vector<ModuleUser> users;
  std::optional<bool> unused;  ///< Of a loaded module; nothing when it is unknown.
  std::string kernel;          ///< Release, of a module on disk.
};

struct Inventory {
  const Facts* facts = nullptr;
  std::vector<ModuleRow> rows;
  std::vector<Unseen> unseen;
};

/// Everything about one module. Points into the `Facts`.
struct ModuleDetails {
  std::string name;
  const LoadedModule* loaded = nullptr;
  const ModuleFile* file = nullptr;
  const BuiltinModule* builtin = nullptr;
  std::optional<Identity> identity;  ///< Of a loaded module, against the file.
  SignatureVerdict signature;        ///< Of the file.
  std::vector<ModuleUser> users;
  std::optional<bool> unused;
  std::optional<std::vector<CveAnswer>> cves;  ///< Those that are known; nothing when not asked.
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
