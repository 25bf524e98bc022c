// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/cves/cves_report.hpp"
#include "model/facts.hpp"
#include "model/modules/identity.hpp"

namespace kmodsec {

/// A loaded module joined with the file of the running kernel's tree that bears its name.
struct LoadedWithFile {
  const LoadedModule* loaded = nullptr;
  const ModuleFile* file = nullptr;  ///< Nothing when no file was found.
  std::vector<ModuleUser> users;
  SignatureVerdict signature;  ///< Of the file.
  Identity identity;           ///< The loaded module against the file.
  std::optional<bool> unused;  ///< Nothing when what could hold it was not all seen.
};

/// Conclusions that several checks and verbs share. Points into the `Facts` it was made from.
struct Derived {
  const ModuleTree* running_tree =
      nullptr;  ///< The tree of the live kernel's release, if installed.
  std::vector<LoadedWithFile> modules;
  std::optional<std::vector<ModuleCves>> notable_cves;  ///< Of the running kernel, for an audit.
  std::string why_untold;                               ///< Why some of them are unknown.
};

}  // namespace kmodsec
