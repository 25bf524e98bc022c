// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string_view>

#include "base/result.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// Why it is not known that there is no file at a path where none was found; nothing where that is
/// a fact. Whoever takes "not found" for an answer asks here first.
///
/// The rule: what is not found in the running system is not there, and neither is what an image
/// that was read to its end does not have. Of a captured tree it is a fact only where the folder
/// that would hold the file is whole, which means that it holds what this folder has on every Linux
/// host, and which nobody picks who captures a selection: of /sys an entry of each kind, of /usr
/// the dynamic linker. What stands in /run and /dev lives no longer than the kernel: a tree without
/// the state of one has nothing there. A folder that this function does not know is whole where the
/// topmost folder on its way was captured, and a topmost one is not there where /usr is whole; but
/// /boot is a mount of its own on many hosts.
///
/// `efivarfs` is the exception on the running system: where it is not mounted, its folder is there
/// and empty.
std::optional<Error> doubt_about_absence(const Root& root, std::string_view path);

/// Whether looking for `path` ended with this error because there is no such file.
bool is_absent(const Root& root, std::string_view path, const Error& error);

/// That error, or the doubt where one is left.
Error why_not_seen(const Root& root, std::string_view path, const Error& error);

/// Of the running system, or of one whose state was captured, even where it cannot be read or is
/// that of this host: what its kernel said is then not known. An empty /proc is a mount point.
bool has_kernel_state(const Root& root);

/// Why a tree without a kernel's state may be a part of a host that runs: it is no whole
/// installation, as a disk or an image is.
std::optional<Error> doubt_about_no_kernel_state(const Root& root);

}  // namespace kmodsec
