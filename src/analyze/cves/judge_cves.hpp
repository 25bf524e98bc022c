// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <string>

#include "model/check.hpp"
#include "model/cves/cves_report.hpp"

namespace kmodsec {

/// Whether a module with a notable vulnerability is one that a check looks for.
using FindModule = std::function<bool(const ModuleCves& module)>;

/// One finding for each module of the running kernel that `find` wants and that is affected by a
/// vulnerability with an exploit, which others than root can get at. What nobody can tell is
/// unseen.
Verdict judge_notable_cves(const Facts& facts, const Derived& derived, const FindModule& find,
                           const std::string& message);

}  // namespace kmodsec
