// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "format/signatures/signer_certificates.hpp"
#include "model/signatures/certificate.hpp"

namespace kmodsec {

/// The certificates that may have signed a module: as facts, and ready to verify with. The order in
/// which they are added is the order in which signers are looked up.
class CertificatePool {
 public:
  /// Adds a certificate, or another source of one that is there. Returns its fingerprint; nothing
  /// when the bytes are no certificate.
  std::string add(std::string_view der, const CertificateSource& source);

  const SignerCertificates& signers() const { return signers_; }
  const std::vector<Certificate>& described() const { return described_; }

 private:
  SignerCertificates signers_;
  std::vector<Certificate> described_;
  std::unordered_map<std::string, std::size_t> places_;  ///< By fingerprint.
};

}  // namespace kmodsec
