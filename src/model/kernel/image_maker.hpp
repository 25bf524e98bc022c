// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <array>
#include <string_view>

namespace kmodsec {

/// The program that made an initramfs.
enum class ImageMaker { unknown, initramfs_tools, dracut, mkinitcpio, mkinitfs };

inline constexpr std::array all_image_makers = {ImageMaker::unknown, ImageMaker::initramfs_tools,
                                                ImageMaker::dracut, ImageMaker::mkinitcpio,
                                                ImageMaker::mkinitfs};

/// The name of the program; empty for `unknown`.
std::string_view to_string(ImageMaker maker);

}  // namespace kmodsec
