// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "analyze/baseline/baseline_changes.hpp"

namespace kmodsec {

/// Explains each initramfs and what is in it by what lies outside of it, which is explained
/// already. Against a list of digests the members that are a file of the host are no changes, and
/// are taken out.
void explain_images(const ChangeEvidence& evidence, std::vector<BaselineChange>& changes);

}  // namespace kmodsec
