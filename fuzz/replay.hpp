// SPDX-License-Identifier: GPL-2.0-or-later
// Without libFuzzer the targets are parts of one program, which replays the corpus of one of them.
#pragma once

#include <string_view>

namespace kmodsec {

/// A target makes itself known by one of these.
struct ReplayedTarget {
  using Examine = void (*)(std::string_view input);

  ReplayedTarget(const char* name, Examine examine);
};

}  // namespace kmodsec
