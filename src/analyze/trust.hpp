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
  SignatureVerdict judge_signer(const Signature& signature, const SignerCheck& check) const;
  SignatureVerdict judge_good(const Signature& signature, const SignerCheck& check) const;
  SignatureVerdict judge_unknown_key(const Signature& signature) const;
  const Certificate* certificate(const std::string& fingerprint) const;
  std::string revoker_of(const Certificate& signer, const SignerCheck& check) const;
  const Revocation* revocation_of(const ModuleFile& file) const;

  const Facts& facts_;
  const ModuleTree* tree_;
  KernelKeys keys_;
  std::unordered_map<std::string_view, const Revocation*> revoked_files_;  ///< By their digests.
};

/// How grave a signature is that is not valid.
Severity severity_of(SignatureStatus status);

}  // namespace kmodsec
