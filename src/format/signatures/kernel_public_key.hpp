// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "format/signatures/kernel_oids.hpp"
#include "model/kernel/kernel_errno.hpp"

namespace kmodsec {

enum class KernelKeyKind : std::uint8_t { rsa, ecdsa, ecrdsa, sm2, ml_dsa };

/// A public key as a certificate has it. Views into the certificate.
struct KernelPublicKey {
  KernelKeyKind kind = KernelKeyKind::rsa;
  KernelOid curve = KernelOid::unknown;  ///< Of an ecdsa key.
  std::string_view bytes;
};

struct KernelSignature {
  KernelKeyKind kind = KernelKeyKind::rsa;
  KernelOid digest = KernelOid::unknown;
  std::string_view value;
};

/// What verify() takes of what was signed; nothing when this OpenSSL does not have the digest.
std::optional<std::string> to_verify(const KernelSignature& signature, std::string_view bytes);

/// Raw; nothing when this OpenSSL does not have that digest.
std::optional<std::string> compute_digest(KernelOid digest, std::string_view bytes);

/// Verifies as the kernel does, for which the sizes of RSA keys are few, PKCS#1 v1.5 is to the
/// byte, and numbers of ECDSA are read like all its ASN.1 (linux:
/// crypto/asymmetric_keys/public_key.c, crypto/rsa.c, crypto/rsa-pkcs1pad.c, crypto/ecdsa.c).
/// `digest` is of what was signed; for ML-DSA it is that itself, which takes OpenSSL 3.5. Nothing
/// when it cannot be computed here.
std::optional<KernelErrno> verify(const KernelPublicKey& key, const KernelSignature& signature,
                                  std::string_view digest);

}  // namespace kmodsec
