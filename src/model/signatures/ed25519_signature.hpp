// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

namespace kmodsec {

/// Who vouches for a text, such as the digest of a generation of the baseline (RFC 8032).
struct Ed25519Signature {
  std::string key;        ///< SHA-256 of the public key, hex.
  std::string signature;  ///< Hex.
};

}  // namespace kmodsec
