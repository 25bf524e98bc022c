// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/facts.hpp"

namespace kmodsec {

/// Whether an image on the disk is the build that runs. The build-id decides where both are known;
/// else the release and the banner, which names the build.
bool is_running_image(const KernelState& kernel, const KernelImageFile& image);

}  // namespace kmodsec
