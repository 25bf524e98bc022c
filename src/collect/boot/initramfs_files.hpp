// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/kernel/image_maker.hpp"
#include "model/seen.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// The initramfs images, and the unified kernel images that hold one, of an installed kernel, as
/// far as these tell by themselves; `BootFiles` has those of boot entries, too. They are found by
/// their names, in the places of the distributions, or by what a unified image says of itself. One
/// that is reached by several paths comes once. A rescue image, which bears no release in its name,
/// is that of its kernel or of the modules in it; one that tells neither is an error. Unreadable
/// folders are an error when /boot is one of them, or when nothing was found: the EFI partition is
/// often for root alone.
Seen<std::vector<std::string>> collect_initramfs_files(const Root& root,
                                                       const std::string& release);

/// The tool that made it: "initramfs-tools", "dracut" or "mkinitcpio"; empty when unknown.
ImageMaker initramfs_maker(const Root& image);

}  // namespace kmodsec
