// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kmodsec {

/// One bit of /proc/sys/kernel/tainted (linux: kernel/panic.c,
/// Documentation/admin-guide/tainted-kernels.rst).
struct TaintFlag {
  unsigned bit = 0;
  char letter = '?';
  bool by_module = false;  ///< A module carries it, or did.
  std::string_view meaning;
};

/// Every flag of kernels up to 6.18, by bit.
std::span<const TaintFlag> taint_flags();

/// The flags set in a mask, by bit. Bits that no table names, such as those of distributions,
/// come back with the letter '?'.
std::vector<TaintFlag> decode_taint(std::uint64_t mask);

/// The mask of letters, as /sys/module/NAME/taint shows them. Unknown letters are left out.
std::uint64_t taint_mask(std::string_view letters);

}  // namespace kmodsec
