// SPDX-License-Identifier: GPL-2.0-or-later
//
// A signed module is a stack; the kernel reads it from the bottom up
// (linux: include/linux/module_signature.h, kernel/module_signature.c):
//
//   +---------------------------------+  0
//   | the ELF file, what is signed    |
//   +---------------------------------+
//   | signature, DER PKCS#7 / CMS     |  sig_len bytes
//   +---------------------------------+
//   | algo hash id_type signer_len    |  12 bytes; all zero but id_type (2 = PKCS#7)
//   | key_id_len 0 0 0 sig_len (BE32) |  and the length, which is big-endian
//   +---------------------------------+
//   | ~Module signature appended~\n   |  28 bytes
//   +---------------------------------+
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "format/signatures/kernel_pkcs7.hpp"
#include "format/signatures/signer_certificates.hpp"
#include "model/signatures/signature.hpp"

namespace kmodsec {

/// The parts of a module file that carries a signature. Views into the parsed bytes.
struct SignedParts {
  std::string_view payload;  ///< What was signed.
  std::string_view cms;      ///< The DER signature.
};

/// How many bytes behind the payload belong to the signature; 0 when none is appended. `end` are
/// the last bytes of the module: all of it, or at least `signature_trailer_size`.
std::uint64_t appended_size(std::string_view end);

constexpr std::uint64_t signature_trailer_size = 40;

/// Splits at the trailer. Nothing when no signature is appended; parts with an empty `cms` when
/// the trailer is one that a kernel refuses.
std::optional<SignedParts> split_signature(std::string_view module);

/// Why a kernel refuses the trailer of a module that has one; nothing when it takes it.
std::optional<KernelRefusal> refusal_of_trailer(std::string_view module);

/// The appended signature of an uncompressed module, taken apart once. It points into the bytes
/// that it was made from.
class ModuleSignature {
 public:
  static ModuleSignature parse(std::string_view module);

  /// What was signed; the whole module when nothing is appended.
  std::string_view payload() const { return payload_; }

  /// What modinfo(8) shows of it. Reading is not verifying: `checks` is empty.
  const Signature& fields() const { return fields_; }

  /// Holds each signer against the certificates, as the kernel does it. `payload_sha256` are the
  /// raw bytes of that digest of the payload.
  std::vector<SignerCheck> check(const SignerCertificates& certificates,
                                 std::string_view payload_sha256) const;

 private:
  std::string_view payload_;
  KernelMessage message_;
  Signature fields_;
};

}  // namespace kmodsec
