// SPDX-License-Identifier: GPL-2.0-or-later
//
// Ed25519 signatures (RFC 8032) over short texts, with keys in PEM as `openssl genpkey -algorithm
// ed25519` writes them.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "model/signatures/ed25519_signature.hpp"

namespace kmodsec {

/// Signs a text. Errors: `malformed` for what is no private Ed25519 key.
Result<Ed25519Signature> sign_text(std::string_view private_key_pem, std::string_view text);

/// The fingerprint by which a signature names this public key. Errors as above.
Result<std::string> fingerprint_of_key(std::string_view public_key_pem);

/// Whether the key that the signature names is this one, and made it for this text.
Result<bool> signature_fits(std::string_view public_key_pem, std::string_view text,
                            const Ed25519Signature& signature);

}  // namespace kmodsec
