// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/facts.hpp"
#include "model/loading/preflight.hpp"
#include "model/policy/plan.hpp"

namespace kmodsec {

/// What came of changing which modules the kernel has.
struct ModuleChange {
  std::vector<std::string> done;     ///< Modules that got in, or went, in order.
  std::optional<Error> error;        ///< Why it stopped there.
  std::vector<KernelLogLine> log;    ///< What the kernel said meanwhile.
  std::vector<LoadedModule> loaded;  ///< Of the modules it was about: those that are there now.
  std::vector<Unseen> unseen;
};

/// The answer of `load`. Points into the `Facts`.
struct LoadReport {
  const Facts* facts = nullptr;
  LoadPreflight preflight;
  std::optional<ModuleChange> change;  ///< Nothing when it was not tried.
  std::optional<Plan> persisted;       ///< How the policy makes it last, when that is asked for.
};

/// The answer of `unload`. Points into the `Facts`.
struct UnloadReport {
  const Facts* facts = nullptr;
  UnloadPreflight preflight;
  std::optional<ModuleChange> change;  ///< Nothing when it was not tried.
};

}  // namespace kmodsec
