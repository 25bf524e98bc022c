// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "app/baseline/baseline_recording.hpp"
#include "model/baseline/baseline.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// What of a recording a list of sha256sum is about: its files, every module of a kernel of which
/// it has one, and below its folders the files of each kind of which it has one. The list gets the
/// names of the recording. Listed files that a baseline does not cover become gaps of the
/// recording. Errors: `malformed` where the list has two digests of one file.
Result<std::vector<BaselineEntry>> take_listed(const Root& root, std::vector<BaselineEntry>& list,
                                               Recording& recording);

}  // namespace kmodsec
