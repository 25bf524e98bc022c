// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>
#include <unordered_map>

#include "analyze/key_standing.hpp"
#include "model/facts.hpp"

namespace kmodsec {

/// What one kernel would make of the signature of each module (linux: kernel/module/signing.c,
/// crypto/asymmetric_keys/pkcs7_trust.c). `facts` must outlive it.
class Trust {
 public:
  Trust(const Facts& facts, const ModuleTree* tree);

  SignatureVerdict judge(const ModuleFile& file) const;

  const KernelKeys& keys() const { return keys_; }

 private:
  /// A certificate that a signer may mean, what it makes of the signature, and where it stands.
  struct Candidate {
    const CertificateCheck* check = nullptr;
    const Certificate* certificate = nullptr;
    KeyStanding standing;
  };

  SignatureVerdict judge_signer(const Signature& signature, const SignerCheck& check) const;
  SignatureVerdict judge_trusted(const Signature& signature,
                                 const std::vector<const Candidate*>& trusted) const;
  SignatureVerdict judge_unproven(const Signature& signature,
                                  const std::vector<Candidate>& candidates) const;
  SignatureVerdict judge_unknown_key(const Signature& signature) const;
  std::vector<Candidate> candidates_of(const std::vector<CertificateCheck>& checks) const;
  const Certificate* certificate(const std::string& fingerprint) const;
  std::string revoker_of(const Candidate& candidate) const;
  SignatureVerdict revoked_by(const Candidate& candidate, const std::string& revoker) const;
  bool is_a_trusted_name(const std::string& subject) const;
  const Revocation* revocation_of(const ModuleFile& file) const;

  const Facts& facts_;
  const ModuleTree* tree_;
  KernelKeys keys_;
  std::unordered_map<std::string_view, const Revocation*> revoked_files_;  ///< By their digests.
};

/// How grave a signature is that is not valid.
Severity severity_of(SignatureStatus status);

}  // namespace kmodsec
