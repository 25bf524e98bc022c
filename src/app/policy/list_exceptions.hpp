// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/policy/edit_policy.hpp"
#include "base/result.hpp"

namespace kmodsec {

/// The modules that `deny --except` names, as the kernel spells them: what the lists that the same
/// command line names do not deny. Errors of kind `usage`: there is no such list, a module is named
/// to be denied as well, or none of the profiles has it.
Result<std::vector<std::string>> excepted_modules(const PolicyEditOptions& options,
                                                  const std::vector<std::string>& except);

}  // namespace kmodsec
