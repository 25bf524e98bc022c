// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/kernel/image_maker.hpp"

namespace kmodsec {

std::string_view to_string(ImageMaker maker) {
  switch (maker) {
    case ImageMaker::unknown: return "";
    case ImageMaker::initramfs_tools: return "initramfs-tools";
    case ImageMaker::dracut: return "dracut";
    case ImageMaker::mkinitcpio: return "mkinitcpio";
    case ImageMaker::mkinitfs: return "mkinitfs";
  }
  return {};
}

}  // namespace kmodsec
