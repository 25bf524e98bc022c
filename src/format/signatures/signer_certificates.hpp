// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "format/signatures/content_digests.hpp"
#include "format/signatures/kernel_pkcs7.hpp"
#include "model/signatures/signature.hpp"

namespace kmodsec {

/// The certificates that signers are looked up in, in order of trust. Safe to share among threads.
class SignerCertificates {
 public:
  struct Known {
    std::unique_ptr<const std::string> der;
    KernelCertificate certificate;
    std::string fingerprint;
  };

  /// Adds a certificate, once. What no kernel reads as one is left out: it is in no keyring.
  void add(std::string_view der);

  std::size_t size() const { return known_.size(); }

  /// What came of each signer, by every certificate that the kernel may ask for it (linux:
  /// crypto/asymmetric_keys/pkcs7_verify.c, pkcs7_trust.c): of those that the message brings along,
  /// those that issued them, and the one that the signer names. Neither dates nor key usage count.
  std::vector<SignerCheck> check(const KernelMessage& message, ContentDigests& digests) const;

 private:
  std::vector<Known> known_;
};

}  // namespace kmodsec
