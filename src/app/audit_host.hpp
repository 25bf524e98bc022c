// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "app/answer.hpp"
#include "app/options.hpp"
#include "model/audit.hpp"

namespace kmodsec {

/// All that an audit shows. Of a host whose kernel runs the files of the loaded modules are
/// examined, with `every_module` all of them; where no kernel runs, all in any case.
Result<Facts> read_machine_for_audit(const Options& options, bool every_module);

/// Whether there are findings from a severity on; after a comparison the new ones alone.
bool has_findings(const AuditReport& report, Severity fail_on);

}  // namespace kmodsec
