// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace kmodsec {

/// A path as files of the kernel's source have: relative, without "..", of letters, digits and
/// "_.+,@-" alone.
bool is_source_path(std::string_view path);

/// The path without "." and ".." where those can be resolved; empty when it leads out of the tree.
std::string resolved_source_path(std::string_view path);

}  // namespace kmodsec
