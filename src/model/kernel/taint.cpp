// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/kernel/taint.hpp"

#include <algorithm>
#include <array>

namespace kmodsec {
namespace {

/// What a test in the kernel (N) and fwctl (J) set, they set on the kernel, and a module shows an N
/// only where its file calls itself a test. A build with RANDSTRUCT sets T before anything runs
/// (linux: kernel/panic.c, tainted_mask).
constexpr std::array<TaintFlag, 20> flags = {{
    {0, 'P', TaintSetter::carrier, "a module with a proprietary licence was loaded"},
    {1, 'F', TaintSetter::carrier, "a module was force-loaded, past its version checks"},
    {2, 'S', TaintSetter::kernel, "the processor or system is out of specification"},
    {3, 'R', TaintSetter::unload, "a module was force-unloaded while in use"},
    {4, 'M', TaintSetter::kernel, "the processor reported a machine check"},
    {5, 'B', TaintSetter::kernel, "a bad page was found in memory"},
    {6, 'U', TaintSetter::kernel, "a user program asked for the taint"},
    {7, 'D', TaintSetter::kernel, "the kernel died (oops or BUG)"},
    {8, 'A', TaintSetter::kernel, "an ACPI table was overridden"},
    {9, 'W', TaintSetter::kernel, "the kernel issued a warning"},
    {10, 'C', TaintSetter::carrier, "a staging driver was loaded"},
    {11, 'I', TaintSetter::kernel, "a firmware bug was worked around"},
    {12, 'O', TaintSetter::carrier, "an out-of-tree module was loaded"},
    {13, 'E', TaintSetter::carrier, "a module without an accepted signature was loaded"},
    {14, 'L', TaintSetter::kernel, "a soft lockup happened"},
    {15, 'K', TaintSetter::carrier, "the kernel was live-patched"},
    {16, 'X', TaintSetter::carrier, "auxiliary, defined by the distribution"},
    {17, 'T', TaintSetter::build, "built with a randomised structure layout"},
    {18, 'N', TaintSetter::kernel, "an in-kernel test was run"},
    {19, 'J', TaintSetter::kernel, "a firmware debug interface (fwctl) was used to change state"},
}};

constexpr unsigned mask_bits = 64;

}  // namespace

std::span<const TaintFlag> taint_flags() { return flags; }

std::vector<TaintFlag> decode_taint(std::uint64_t mask) {
  std::vector<TaintFlag> set;
  for (unsigned bit = 0; bit < mask_bits; ++bit) {
    if ((mask >> bit & 1U) == 0) continue;
    set.push_back(bit < flags.size() ? flags[bit]
                                     : TaintFlag{bit, '?', TaintSetter::kernel,
                                                 "not a flag of the mainline kernel"});
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
