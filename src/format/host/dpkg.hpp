// SPDX-License-Identifier: GPL-2.0-or-later
//
// dpkg's database: /var/lib/dpkg/status and, for each package, info/NAME[:ARCH].list and .md5sums
// (deb-md5sums(5)). Packages ship /lib/modules while the files resolve to /usr/lib/modules, or the
// reverse, so every path is compared in one spelling: see `package_path`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kmodsec {

/// A path without its leading slash and without a leading "usr/": one spelling for both names of a
/// file on systems where /lib leads to /usr/lib.
std::string_view package_path(std::string_view path);

/// The paths in a .list file of modules, of their sources and configuration, and of kernels, in the
/// spelling of `package_path`. Views into `list`.
std::vector<std::string_view> module_paths_of_list(std::string_view list);

/// All paths in a .list file, in the same spelling. Views into `list`.
std::vector<std::string_view> paths_of_list(std::string_view list);

/// Path (in the spelling of `package_path`) to digest, of a whole .md5sums file. Views into `sums`.
std::unordered_map<std::string_view, std::string_view> parse_md5sums(std::string_view sums);

/// The paragraph of an installed package in the status file; empty when it is not there.
std::string_view status_entry_of(std::string_view status, std::string_view package);

/// The same for the configuration files of a package, by the status file. Views into `status`.
std::unordered_map<std::string_view, std::string_view> conffiles_of(std::string_view status,
                                                                    std::string_view package);

/// The version of an installed package by the status file; nothing when it is not there.
std::optional<std::string> installed_version(std::string_view status, std::string_view package);

/// The package that an info file is named after: no folder, ending or architecture.
std::string_view package_of_info_file(std::string_view name);

}  // namespace kmodsec
