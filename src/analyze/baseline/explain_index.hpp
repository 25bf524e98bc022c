// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

#include "analyze/baseline/baseline_changes.hpp"

namespace kmodsec {

/// What became of the modules of a kernel.
struct ChangedModules {
  bool moved = false;
  bool all_explained = true;
};

/// By kernel; of those where modules changed. They have been explained already.
std::map<std::string, ChangedModules> changed_modules(const std::vector<BaselineChange>& changes);

/// depmod writes an index anew when a module comes or goes, and says in it what the files say. What
/// a package explains has been explained already.
void explain_index(const ChangeEvidence& evidence,
                   const std::map<std::string, ChangedModules>& modules_by_kernel,
                   BaselineChange& change);

}  // namespace kmodsec
