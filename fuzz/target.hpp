// SPDX-License-Identifier: GPL-2.0-or-later
// What every fuzz target shares. A target defines `examine` and states laws with `require`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "replay.hpp"

namespace kmodsec {

void examine(std::string_view input);

inline void require(bool law) {
  if (!law) __builtin_trap();
}

#ifdef KMODSEC_REPLAYED_AS
namespace {

const ReplayedTarget replayed_target(KMODSEC_REPLAYED_AS, examine);

}  // namespace
#endif

}  // namespace kmodsec

#ifndef KMODSEC_REPLAYED_AS
// NOLINTNEXTLINE(misc-definitions-in-headers): included once, by the target
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  kmodsec::examine({reinterpret_cast<const char*>(data), size});
  return 0;
}
#endif
