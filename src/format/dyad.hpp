// SPDX-License-Identifier: GPL-2.0-or-later
//
// The .dyad files of the kernel's CVE records: "introduced:commit:fixed:commit", a line for each
// branch. A 0 stands for "since ever", or for "not fixed".
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace kmodsec {

/// The versions as tables of known holes have them: one group for each introducing commit.
Result<std::string> parse_dyad(std::string_view text);

}  // namespace kmodsec
