// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace kmodsec {

/// Room that is not filled with zeros first: large files would be written to memory twice.
void make_room(std::string& content, std::size_t size);

/// What a descriptor has from its position to its end. The size that the file system tells is
/// only a hint, for files of the kernel tell none; more than `limit` bytes is `too_large`.
Result<std::string> read_descriptor(int fd, std::string_view path, std::size_t size_hint,
                                    std::size_t limit);

}  // namespace kmodsec
