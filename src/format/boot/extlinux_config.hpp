// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/loading/boot_entry.hpp"

namespace kmodsec {

/// extlinux.conf, which U-Boot reads as well, and syslinux.cfg.
struct ExtlinuxConfig {
  std::vector<BootEntry> entries;
  std::vector<std::string> includes;  ///< Files that it reads, as it names them.
};

/// Keywords in any case; `initrd` takes several paths with commas; what `append` says before the
/// first label holds for every label that has none of its own, and `append -` takes it away
/// (syslinux 6.04: com32/menu/readconfig.c; U-Boot: boot/pxe_utils.c). Error: `too_large`.
Result<ExtlinuxConfig> parse_extlinux_config(std::string_view text);

}  // namespace kmodsec
