// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "format/boot/grub_words.hpp"
#include "model/loading/boot_entry.hpp"

namespace kmodsec {

/// grubenv: "NAME=value" lines in a block of 1024 bytes that is filled up with "#" (grub:
/// grub-core/lib/envblk.c). A backslash keeps the character behind it.
GrubVariables parse_grub_environment(std::string_view text);

struct GrubConfig {
  std::vector<BootEntry> entries;
  GrubVariables variables;  ///< Of the environment, and what `set` gives them.
};

/// grub.cfg, and menu.lst of GRUB before version 2. Every `linux`, `linux16` and `linuxefi` line is
/// an entry with the images of all `initrd` lines of its menuentry: conditions are not judged.
/// Under Xen the first `module2` is the kernel and the others are images. A command line with a
/// variable that the script sets to several values comes as one entry for each; one that cannot be
/// expanded is marked as unclear. What the environment has, a script that asks for it with
/// `load_env` has before any default. Error: `too_large`.
Result<GrubConfig> parse_grub_config(std::string_view text, GrubVariables environment = {});

/// A loader entry with GRUB's variables put in; one without options gets `default_kernelopts`
/// (Fedora's grub2: grub-core/commands/blscfg.c). One for each text that it may come to.
std::vector<BootEntry> expand_loader_entry(const BootEntry& entry, const GrubVariables& variables);

}  // namespace kmodsec
