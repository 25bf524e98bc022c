// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/cves/cves_report.hpp"
#include "model/facts.hpp"
#include "model/modules/identity.hpp"
#include "model/modules/module_file_state.hpp"
#include "model/modules/module_use.hpp"
#include "model/policy/everything_else.hpp"

namespace kmodsec {

/// A loaded module joined with the file of the running kernel's tree that bears its name.
struct LoadedWithFile {
  const LoadedModule* loaded = nullptr;
  const ModuleFile* file = nullptr;  ///< Nothing when no file was found.
  ModuleFileState file_state;        ///< Whether that file is there.
  ModuleUse use;                     ///< Who uses the module.
  SignatureVerdict signature;        ///< Of the file.
  Identity identity;                 ///< The loaded module against the file.
};

/// The modules of one kernel that have an open vulnerability with an exploit.
struct NotableCves {
  const ModuleTree* tree = nullptr;
  std::vector<ModuleCves> modules;
  std::string why_untold;     ///< Why some verdicts are unknown.
  std::size_t undecided = 0;  ///< Verdicts that nobody can give, of all modules of this kernel.
};

/// Conclusions that several checks and verbs share. Points into the `Facts` it was made from.
struct Derived {
  const ModuleTree* running_tree =
      nullptr;  ///< The tree of the live kernel's release, if installed.
  std::vector<LoadedWithFile> modules;

  /// For an audit: of the kernel that runs, or, where none does, of each that is installed.
  std::optional<std::vector<NotableCves>> notable_cves;

  /// For an audit of a policy that denies everything else: names alone, see `KeepSetDetail`.
  std::optional<EverythingElse> everything_else;
};

}  // namespace kmodsec
