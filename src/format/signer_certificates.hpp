// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "format/openssl.hpp"
#include "model/signature.hpp"

namespace kmodsec {

/// What a signer vouches for.
struct SignedContent {
  std::string_view bytes;
  std::string_view sha256;  ///< Of the bytes, raw.
};

/// The certificates that signers are looked up in, in order of trust. Safe to share among threads.
class SignerCertificates {
 public:
  /// Adds a certificate, once. What is no certificate is left out.
  void add(std::string_view der);

  std::size_t size() const { return known_.size(); }

  /// What each certificate of this set makes of the signature that the signer names, or that the
  /// chain of one in the message itself leads to.
  SignerCheck check(CMS_SignerInfo* signer, CMS_ContentInfo* message,
                    const SignedContent& content) const;

 private:
  struct Known {
    openssl::X509Ptr certificate;
    std::string fingerprint;
  };

  std::vector<CertificateCheck> check_named(CMS_SignerInfo* signer,
                                            const SignedContent& content) const;
  std::vector<CertificateCheck> follow_chain(const X509* certificate,
                                             const STACK_OF(X509) * embedded) const;
  std::vector<CertificateCheck> check_embedded(CMS_SignerInfo* signer, CMS_ContentInfo* message,
                                               const SignedContent& content) const;

  std::vector<Known> known_;
};

}  // namespace kmodsec
