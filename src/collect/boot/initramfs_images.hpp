// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <future>
#include <string>
#include <vector>

#include "collect/boot/boot_files.hpp"
#include "collect/scope.hpp"
#include "model/facts.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// Every initramfs of a kernel, read as the machine that it is for a while: its configuration, and
/// its modules beside the installed ones, as far as `scope` asks. One that cannot be read makes the
/// fact unseen. Unpacking takes long: `when` says whether it starts now or once it is asked for.
/// `lines` are the command lines that may boot the kernel. `root` and `boot` must outlive it.
std::future<Seen<std::vector<InitramfsImage>>> collect_initramfs_images(
    const Root& root, const BootFiles& boot, const std::string& release,
    std::vector<BootCommandLine> lines, const CollectScope& scope, std::launch when);

}  // namespace kmodsec
