// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "analyze/policy/judge_options.hpp"
#include "base/result.hpp"
#include "model/facts.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// Whether a host could follow its policy: it has one that could be read, and each profile, module,
/// check and parameter that it names is there in an installed kernel. The error is the first that
/// is not; what holds for some kernels alone, and what could not be asked, is in the answer.
Result<OptionsVerdict> policy_is_usable(const Root& root, const Facts& facts);

}  // namespace kmodsec
