// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "model/facts.hpp"

namespace kmodsec {

/// The command that makes an image anew, by the tool that made it.
inline std::string rebuild_command(const BootImage& image, const std::string& release) {
  if (image.maker == "initramfs-tools") return "update-initramfs -u -k " + release;
  if (image.maker == "dracut") return "dracut --force --kver " + release;
  if (image.maker == "mkinitcpio") return "mkinitcpio -P";
  return "rebuild it with the tool that made it";
}

}  // namespace kmodsec
