// SPDX-License-Identifier: GPL-2.0-or-later
//
// What was read of a kernel image, as a text of one fact a line, for the next run: taking an image
// apart again costs half a second.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "format/signatures/kernel_image.hpp"

namespace kmodsec {

std::string print_kernel_image_record(const KernelImage& image);

/// Returns nothing when the text is not a whole record of this version.
std::optional<KernelImage> parse_kernel_image_record(std::string_view text);

}  // namespace kmodsec
