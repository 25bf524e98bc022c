// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "app/policy/change_host.hpp"

namespace kmodsec {

/// How a plan begins that denies what was only observed so far (--from observe): keep.mode of
/// policy.toml becomes "enforce". An error of kind `usage` where the policy observes nothing.
Result<EditPolicy> edit_to_enforce(const Options& options);

/// What the hook of a kernel package runs: makes the denies of an installed kernel, and nothing
/// else; what is denied stays so (see staying_denies.hpp). Nothing is to be done where the policy
/// does not deny everything else, and in a hook that kmodsec itself has started. It waits some
/// minutes for another run. An error of kind `usage` for a release that is not installed, where the
/// policy asks for more than denies of its modules, and where one of these can be loaded in that
/// kernel all the same.
Result<Answer> apply_for_kernel(ChangeOptions options, const std::string& release,
                                const Style& style);

}  // namespace kmodsec
