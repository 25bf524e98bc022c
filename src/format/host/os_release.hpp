// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

#include "model/host/distribution.hpp"

namespace kmodsec {

/// os-release(5): lines of KEY=value, perhaps quoted as a shell would have it. What is no such line
/// is passed over.
Distribution parse_os_release(std::string_view text);

}  // namespace kmodsec
