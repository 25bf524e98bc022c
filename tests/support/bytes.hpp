// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace kmodsec::test {

/// `value` as `size` bytes, the least significant first.
std::string little(std::uint64_t value, std::size_t size);

/// The bytes of a file below fuzz/corpus/. Throws when there is none.
std::string corpus(const std::string& name);

}  // namespace kmodsec::test
