// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kmodsec {

/// Whether a file name ends as a module's does: .ko, .ko.gz, .ko.xz or .ko.zst after at least
/// one character (kmod: libkmod/libkmod-util.c, path_ends_with_kmod_ext).
bool is_module_file(std::string_view name);

/// Whether the kernel could know a module by this name: letters, digits and '_', at most as many
/// as it keeps (linux: include/linux/moduleparam.h, MODULE_NAME_LEN).
bool is_module_name(std::string_view name);

/// The name as the kernel knows it: every '-' is '_'.
std::string normalized_module_name(std::string_view name);

/// A shell pattern with `-` as `_` outside of `[…]`; nothing when brackets do not pair (kmod:
/// shared/util.c, alias_normalize).
std::optional<std::string> normalized_pattern(std::string_view pattern);

/// A name or pattern as busybox knows it: `-` as `_` everywhere, up to the first dot, 63 characters
/// at most (busybox: modutils/modutils.c, filename2modname).
std::string busybox_name(std::string_view name);

/// Whether a text starts so, where `-` and `_` are the same, as they are to modprobe.
bool starts_as_alias(std::string_view text, std::string_view start);

/// The module that a path stands for: its last component up to the first dot, normalized (kmod:
/// shared/util.c, path_to_modname).
std::string module_name_of_path(std::string_view path);

}  // namespace kmodsec
