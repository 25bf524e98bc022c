// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace kmodsec {

/// A file that the user named on the command line: a path of the host, never of a `Root`; "-" is
/// standard input.
Result<std::string> read_host_file(const std::string& path, std::size_t limit);

/// Replaces a file whole or not at all: written beside it, synced, renamed. What is no regular
/// file (a device, a pipe) is written to directly.
Result<void> write_host_file(const std::string& path, std::string_view content);

/// What a program has to say: to the file that the user named for it, or, without one, to standard
/// output, of which nothing is left in a buffer.
Result<void> write_output(const std::string& path, std::string_view content);

}  // namespace kmodsec
