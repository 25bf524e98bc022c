// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kmodsec {

/// What sets a flag (linux: the calls of add_taint and add_taint_module).
enum class TaintSetter {
  kernel,   ///< Something that happened in the kernel or was asked of it; no module shows it.
  carrier,  ///< Loading a module, which shows the letter for as long as it is there.
  unload,   ///< A module that is gone for that.
  build,    ///< The kernel's own build, from its first instruction on: it tells of no event.
};

/// One bit of /proc/sys/kernel/tainted (linux: kernel/panic.c,
/// Documentation/admin-guide/tainted-kernels.rst).
struct TaintFlag {
  unsigned bit = 0;
  char letter = '?';
  TaintSetter setter = TaintSetter::kernel;
  std::string_view meaning;

  /// A module caused it, whether it shows the letter or not.
  bool by_module() const { return setter == TaintSetter::carrier || setter == TaintSetter::unload; }
};

/// Every flag of kernels up to 7.1, by bit. Up to 6.18 a kernel shows some of the letters with
/// modules alone (`taint_flag.module`), and from 6.19 on all: who sets a flag tells more than
/// either.
std::span<const TaintFlag> taint_flags();

/// The flags set in a mask, by bit. Bits that no table names, such as those of distributions,
/// come back with the letter '?'.
std::vector<TaintFlag> decode_taint(std::uint64_t mask);

/// The mask of letters, as /sys/module/NAME/taint shows them. Unknown letters are left out.
std::uint64_t taint_mask(std::string_view letters);

}  // namespace kmodsec
