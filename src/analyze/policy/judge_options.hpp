// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/facts.hpp"

namespace kmodsec {

/// What the installed kernels make of the parameters in a policy.
struct OptionsVerdict {
  std::optional<Error> refused;    ///< No installed kernel takes it. Of kind `usage`.
  std::vector<std::string> notes;  ///< What some kernels take, and others do not.
  std::vector<Unseen> unseen;      ///< Module files that could not be asked.
};

/// `trees` have the files of the modules that are named. A kernel without the module says nothing.
OptionsVerdict judge_options(const std::vector<PolicyOptions>& options,
                             const std::vector<ModuleTree>& trees);

}  // namespace kmodsec
