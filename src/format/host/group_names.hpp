// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace kmodsec {

/// group(5), "NAME:PASSWORD:GID:MEMBERS": the first name of each number. Lines of another form are
/// left out.
std::map<std::uint32_t, std::string> parse_group_names(std::string_view text);

}  // namespace kmodsec
