// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace kmodsec {

using Releases = std::set<std::string, std::less<>>;

/// The release that the name of a kernel or an image ends with, or has before an ending such as
/// ".img", where what stands before does not run into it. "initrd.img-6.1.0-9-old" is not that of
/// 6.1.0-9.
std::optional<std::string> release_borne_by(std::string_view file_name, const Releases& releases);

/// kernel-install appends how often a unified image may still be tried: "NAME+3-1.efi" is
/// "NAME.efi".
std::string without_tries(std::string_view file_name);

/// Whether a name has a number of three parts in it, as 6.1.0: then it is that of one release.
bool bears_some_release(std::string_view file_name);

/// Whether a file of a boot partition is an initramfs by its name; not one of kdump, nor a backup.
bool is_initramfs_name(std::string_view file_name);

}  // namespace kmodsec
