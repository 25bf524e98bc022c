// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <string>

#include "model/check.hpp"

namespace kmodsec {

/// Fails when `flaw` names one of a baseline that is there; without a baseline it does not apply.
using FindFlaw = std::function<std::string(const BaselineStatus&)>;
Verdict judge_baseline(const Facts& facts, const FindFlaw& flaw);

/// Whether the facts are those of another host than the baseline.
bool has_foreign_baseline(const Facts& facts);

/// What its checks say of this host then.
Error of_another_host();

/// Why a baseline that is there has no last check.
Error why_no_check(const BaselineStatus& status);

/// The one finding that there can be, with the store as its evidence.
Verdict baseline_finding(const BaselineStatus& status, std::string message);

}  // namespace kmodsec
