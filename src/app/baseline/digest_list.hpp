// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "app/baseline/baseline_recording.hpp"
#include "model/baseline/baseline.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// Makes a list of sha256sum and a recording comparable: the list gets the names of the recording,
/// which is left with what the list is about: its files, every module of a kernel of which it has
/// one, and below its folders the files of each kind of which it has one. Listed files that a
/// baseline does not cover are gaps. Errors: `malformed` where the list has two digests of one
/// file.
Result<void> keep_listed(const Root& root, std::vector<BaselineEntry>& list, Recording& recording);

}  // namespace kmodsec
