// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "format/files/cpio.hpp"
#include "target.hpp"

namespace kmodsec {

inline void require_same(const std::vector<CpioEntry>& entries,
                         const std::vector<CpioEntry>& others) {
  require(entries.size() == others.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const CpioEntry& entry = entries[i];
    const CpioEntry& other = others[i];
    require(entry.path == other.path && entry.mode == other.mode && entry.size == other.size);
    require(entry.uid == other.uid && entry.gid == other.gid);
    require(entry.content.view() == other.content.view());
  }
}

}  // namespace kmodsec
