// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace kmodsec {

/// Seconds of a length of time as people write it: a number and s, m, h, d or w ("30m", "2h"). At
/// most ten years; nothing for anything else.
std::optional<std::int64_t> parse_duration(std::string_view text);

}  // namespace kmodsec
