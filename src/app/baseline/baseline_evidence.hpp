// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "analyze/baseline/baseline_changes.hpp"
#include "app/baseline/baseline_recording.hpp"
#include "app/options.hpp"
#include "model/baseline/baseline_change.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// All that can explain these changes of a recording, whose entries have to outlive it. Module
/// files that the recording has read are taken from it, and not read again.
ChangeEvidence collect_evidence(const ChangeOptions& options, const Root& root, std::int64_t since,
                                Recording& recording, const std::vector<BaselineChange>& changes);

}  // namespace kmodsec
