// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/facts.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// What the next boot asks for by a name or alias: the root file system and the disk below it, as
/// /etc/fstab and the kernel's command lines name them, the other file systems of /etc/fstab,
/// encrypted disks, arrays, and what snap packages are mounted with. Any of these may be absent.
/// Fills `needs`, `unseen_needs` and `untyped_mounts`; takes `live` and the `boot` of the trees.
void collect_boot_needs(const Root& root, Facts& facts);

}  // namespace kmodsec
