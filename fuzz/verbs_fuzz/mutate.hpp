// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace kmodsec {

/// A machine with one thing changed: an entry gone, moved to another path that matters, given
/// another kind, mode or content. Returns the new size.
std::size_t mutate(std::uint8_t* data, std::size_t size, std::size_t room, unsigned seed);

}  // namespace kmodsec
