// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/facts.hpp"

namespace kmodsec {

/// Whether a boot begins that the record has not, and there are kernels to compare: at each boot
/// the kernel from before is still installed.
bool may_have_successors(const UsageRecord& record, const Facts& facts);

/// The record with the modules that follow a used one in another kernel of these facts, by its
/// aliases, as imported ones: once the old kernel is gone nothing tells what they follow. Takes the
/// parts indexes, other_kernels and load_config. It may end in TooMuchWork.
UsageRecord with_successors(UsageRecord record, const Facts& facts);

}  // namespace kmodsec
