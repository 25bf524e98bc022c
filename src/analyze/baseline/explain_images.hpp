// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "analyze/baseline/baseline_changes.hpp"

namespace kmodsec {

/// Explains each initramfs and what is in it by what lies outside of it, which is explained
/// already.
void explain_images(const ChangeEvidence& evidence, std::vector<BaselineChange>& changes);

}  // namespace kmodsec
