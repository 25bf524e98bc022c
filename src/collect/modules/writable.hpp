// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "model/facts.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// What stands in the folders that decide which code enters the kernel, or on the way there, and
/// that somebody other than root may write: module files, modprobe.d, modules-load.d, depmod.d,
/// the places of `boot_places`, and what links in them lead to. In an unpacked image the owner of
/// its top folder stands for root.
Seen<WritablePaths> collect_writable(const Root& root);

}  // namespace kmodsec
