// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <memory>
#include <string>

#include "base/result.hpp"
#include "model/cves/cve_tracker.hpp"

namespace kmodsec {

/// Reads what a distribution says of vulnerabilities: a file, or all files of a folder that end in
/// ".json", 65,536 at most. The first that is none of the known formats is the error.
Result<std::shared_ptr<const CveTracker>> read_cve_tracker(const std::string& path);

}  // namespace kmodsec
