// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kmodsec {

/// The character sets that a file system asks the kernel for when it is mounted, as names of
/// modules (linux: fs/nls/nls_base.c, load_nls): those of its defaults in the kernels of
/// distributions (CONFIG_FAT_DEFAULT_CODEPAGE, CONFIG_FAT_DEFAULT_IOCHARSET, CONFIG_NLS_DEFAULT),
/// and those that the options iocharset=, nls= and codepage= name. Empty for a file system that
/// asks for none. `options` as mount(8) writes them, with commas.
std::vector<std::string> charsets_of_mount(std::string_view type, std::string_view options);

}  // namespace kmodsec
