// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kmodsec {

struct CryptoAlgorithm {
  std::string name;
  std::string driver;
  std::string module;  ///< "kernel" when built in.
  std::uint64_t refcount = 0;
};

/// /proc/crypto: blocks of "key : value" lines with an empty line after each (linux:
/// crypto/proc.c).
std::vector<CryptoAlgorithm> parse_crypto_algorithms(std::string_view text);

}  // namespace kmodsec
