// SPDX-License-Identifier: GPL-2.0-or-later
//
// Ed25519 signatures (RFC 8032) over short texts, with keys in PEM as `openssl genpkey -algorithm
// ed25519` writes them.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "model/baseline/baseline.hpp"

namespace kmodsec {

/// Errors: `malformed` for what is no private Ed25519 key.
Result<BaselineSeal> seal(std::string_view private_key_pem, std::string_view text);

/// The fingerprint by which a seal names this public key. Errors as above.
Result<std::string> seal_key_of(std::string_view public_key_pem);

/// Whether the key that the seal names is this one, and made it for this text.
Result<bool> seal_fits(std::string_view public_key_pem, std::string_view text,
                       const BaselineSeal& seal);

}  // namespace kmodsec
