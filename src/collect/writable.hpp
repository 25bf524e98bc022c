// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/facts.hpp"
#include "system/root.hpp"

namespace kmodsec {

/// Whether somebody other than root may write what belongs to this owner in this mode.
bool others_may_write(const Ownership& ownership);

/// What stands in the folders that decide which code enters the kernel and that somebody other
/// than root may write: module files, modprobe.d, modules-load.d, depmod.d. In an unpacked image
/// the owner of its top folder stands for root.
Seen<WritablePaths> collect_writable(const Root& root);

}  // namespace kmodsec
