// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "model/facts.hpp"
#include "model/host_action.hpp"

namespace kmodsec {

/// The command that makes an image anew, by the tool that made it. Somebody may paste it into a
/// shell: no word of it is what a tree chose to call a kernel or a file.
inline std::string rebuild_command(const BootImage& image, const std::string& release) {
  if (is_installable_release(release)) {
    if (image.maker == "initramfs-tools") return "update-initramfs -u -k " + release;
    if (image.maker == "dracut") return "dracut --force --kver " + release;
  }
  if (image.maker == "mkinitcpio") return "mkinitcpio -P";
  return "rebuild it with the tool that made it";
}

}  // namespace kmodsec
