// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <vector>

#include "model/facts.hpp"
#include "system/root.hpp"

namespace kmodsec {

/// Every initramfs of a kernel, read as the machine that it is for a while: its configuration, and
/// its modules beside those of `tree`, with what they hash to where `digests` says so. One that
/// cannot be read makes the fact unseen.
Seen<std::vector<BootImage>> collect_boot_images(const Root& root, const ModuleTree& tree,
                                                 bool digests);

}  // namespace kmodsec
