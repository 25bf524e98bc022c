// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "model/check.hpp"
#include "model/cves/cves_report.hpp"

namespace kmodsec {

/// Whether a module with a notable vulnerability is one that a check looks for.
using FindModule = std::function<bool(const ModuleCves& module)>;

/// Why a check of vulnerabilities does not apply, or cannot know whether it does: a kernel without
/// loadable modules runs, or none is installed. Nothing where it does apply.
std::optional<Verdict> why_no_cves(const Facts& facts);

/// One finding for each module of the running kernel, or else of each installed one, that `find`
/// wants and that is affected by a vulnerability with an exploit, which others than root can get
/// at. What nobody can tell is unseen.
Verdict judge_notable_cves(const Facts& facts, const Derived& derived, const FindModule& find,
                           const std::string& message);

}  // namespace kmodsec
