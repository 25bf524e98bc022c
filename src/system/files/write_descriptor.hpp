// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

#include "base/result.hpp"

namespace kmodsec {

/// Writes all of the bytes. An error names `path`.
Result<void> write_descriptor(int fd, std::string_view path, std::string_view bytes);

}  // namespace kmodsec
