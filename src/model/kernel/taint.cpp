// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/kernel/taint.hpp"

#include <algorithm>
#include <array>

namespace kmodsec {
namespace {

constexpr std::array<TaintFlag, 20> flags = {{
    {0, 'P', true, "a module with a proprietary licence was loaded"},
    {1, 'F', true, "a module was force-loaded, past its version checks"},
    {2, 'S', false, "the processor or system is out of specification"},
    {3, 'R', true, "a module was force-unloaded while in use"},
    {4, 'M', false, "the processor reported a machine check"},
    {5, 'B', false, "a bad page was found in memory"},
    {6, 'U', false, "a user program asked for the taint"},
    {7, 'D', false, "the kernel died (oops or BUG)"},
    {8, 'A', false, "an ACPI table was overridden"},
    {9, 'W', false, "the kernel issued a warning"},
    {10, 'C', true, "a staging driver was loaded"},
    {11, 'I', false, "a firmware bug was worked around"},
    {12, 'O', true, "an out-of-tree module was loaded"},
    {13, 'E', true, "a module without an accepted signature was loaded"},
    {14, 'L', false, "a soft lockup happened"},
    {15, 'K', true, "the kernel was live-patched"},
    {16, 'X', true, "auxiliary, defined by the distribution"},
    {17, 'T', true, "built with a randomised structure layout"},
    {18, 'N', true, "an in-kernel test was run"},
    {19, 'J', true, "a firmware debug interface (fwctl) was used to change state"},
}};

constexpr unsigned mask_bits = 64;

}  // namespace

std::span<const TaintFlag> taint_flags() { return flags; }

std::vector<TaintFlag> decode_taint(std::uint64_t mask) {
  std::vector<TaintFlag> set;
  for (unsigned bit = 0; bit < mask_bits; ++bit) {
    if ((mask >> bit & 1U) == 0) continue;
    set.push_back(bit < flags.size()
                      ? flags[bit]
                      : TaintFlag{bit, '?', false, "not a flag of the mainline kernel"});
  }
  return set;
}

std::uint64_t taint_mask(std::string_view letters) {
  std::uint64_t mask = 0;
  for (const char letter : letters) {
    const auto flag = std::ranges::find(flags, letter, &TaintFlag::letter);
    if (flag != flags.end()) mask |= std::uint64_t{1} << flag->bit;
  }
  return mask;
}

}  // namespace kmodsec
