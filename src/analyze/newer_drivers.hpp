// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

namespace kmodsec {

/// The module of a source file, without its ending, that is newer than the kernel sources that
/// distributions ship, or was taken out of them: written down by hand from the Makefiles of Linux.
/// Empty for all others.
std::string_view newer_driver_of(std::string_view path);

}  // namespace kmodsec
