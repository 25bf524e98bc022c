// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "format/signatures/kernel_public_key.hpp"
#include "model/kernel/kernel_errno.hpp"

namespace kmodsec {

/// Why no kernel takes something.
struct KernelRefusal {
  KernelErrno error = KernelErrno::ebadmsg;
  std::string reason;
  std::vector<std::string> needs;  ///< A kernel that lacks one of these has refused before.
};

/// A certificate as the kernel reads it (linux: crypto/asymmetric_keys/x509_cert_parser.c). Views
/// into its bytes. Two identities are equal where all their bytes are.
struct KernelCertificate {
  std::string_view to_be_signed;
  std::string id;                          ///< Serial number, issuer.
  std::optional<std::string_view> key_id;  ///< Of its subject.
  std::optional<std::string> issuer_id;    ///< Serial number, issuer of who issued it.
  std::optional<std::string_view> issuer_key_id;
  std::string_view issuer;
  std::string_view subject;
  KernelSignature signature;
  KernelPublicKey key;
  std::int64_t valid_from = 0;  ///< Seconds since 1970.
  std::int64_t valid_to = 0;
  bool self_signed = false;         ///< Its own key verifies it.
  bool is_authority = false;        ///< Basic constraints say so (KEY_EFLAG_CA).
  bool signs_certificates = false;  ///< By its key usage (KEY_EFLAG_KEYCERTSIGN).
  bool signs_data = false;          ///< By its key usage (KEY_EFLAG_DIGITALSIG).
  std::vector<std::string> needs;   ///< What not every kernel has: words of `kernel_features`.
};

/// Errors: what no kernel from 6.1 on takes for a certificate. Other bytes may follow it.
std::expected<KernelCertificate, KernelRefusal> parse_kernel_certificate(std::string_view der);

/// Adds what is not there yet.
void add_need(std::vector<std::string>& needs, std::string_view need);

/// What a kernel must have to take a digest; empty for what each has.
std::string_view need_of(KernelOid digest);

/// What a kernel must have to verify by a key; empty for what each has.
std::string_view need_of(const KernelPublicKey& key);

/// Seconds since 1970 of a time in ASN.1, by the kernel's rules for it; nothing when it refuses.
std::optional<std::int64_t> kernel_time(unsigned char tag, std::string_view value);

}  // namespace kmodsec
