// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string>

#include "base/result.hpp"

namespace kmodsec {

/// A file of somebody's checkout: not what a link leads to, nor a device or pipe that has no end.
Result<std::string> read_checkout_file(const std::string& path, std::size_t limit);

}  // namespace kmodsec
