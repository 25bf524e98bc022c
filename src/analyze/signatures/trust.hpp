// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>
#include <unordered_map>

#include "analyze/signatures/kernel_features.hpp"
#include "analyze/signatures/key_trust.hpp"
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
  struct Candidate {
    const SignerMatch* match;
    const Certificate* certificate;
    KeyTrust trust_status;
  };

  SignatureVerdict judge_signers(const Signature& signature) const;
  SignatureVerdict judge_signer(const Signature& signature, const SignerCheck& check,
                                bool asks_platform) const;
  std::vector<Candidate> candidates(const std::vector<SignerMatch>& matches) const;
  SignatureVerdict judge_match(const Signature& signature, const Candidate& candidate) const;
  SignatureVerdict judge_good(const Candidate& candidate) const;
  SignatureVerdict judge_bad(const Signature& signature, const Candidate& candidate) const;
  SignatureVerdict judge_unknown_key(const Signature& signature) const;
  const Certificate* certificate(const std::string& fingerprint) const;
  std::string revoker_of(const Candidate& candidate) const;
  bool is_a_trusted_name(const std::string& subject) const;
  const Revocation* revocation_of(const ModuleFile& file) const;

  const Facts& facts_;
  const ModuleTree* tree_;
  KernelKeys keys_;
  KernelFeatures features_;
  std::unordered_map<std::string_view, const Revocation*> revoked_files_;  ///< By their digests.
};

/// How grave a signature is that is not valid.
Severity severity_of(SignatureStatus status);

}  // namespace kmodsec
