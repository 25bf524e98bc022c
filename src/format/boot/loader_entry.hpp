// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

#include "model/loading/boot_entry.hpp"

namespace kmodsec {

/// An entry of the Boot Loader Specification, loader/entries/NAME.conf (UAPI.1; systemd v257:
/// src/boot/boot.c, boot_entry_add_type1). `initrd` and `options` may be repeated. GRUB takes
/// several paths on one line of `initrd` (Fedora's grub2: blscfg.c). Lines with other keys are
/// passed over, as by the loaders. An entry without `options` has an empty command line for
/// systemd-boot, and GRUB's default for GRUB: `options` is empty then.
BootEntry parse_loader_entry(std::string_view text);

}  // namespace kmodsec
