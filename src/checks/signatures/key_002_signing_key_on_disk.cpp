// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/check.hpp"

#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyze/signatures/found_keys.hpp"
#include "analyze/signatures/key_trust.hpp"

namespace kmodsec {
namespace {

Finding finding_of(const SigningKey& key, const std::string& path, const Certificate& signer) {
  const std::string owner = key.owner.empty() ? "" : ", of " + key.owner;
  return {path,
          fmt::format("whoever becomes root here can sign modules in the name of \"{}\"",
                      signer.subject),
          {{path, {}, fmt::format("mode {:04o}, user {}{}", key.mode, key.uid, owner)}}};
}

class KeyJudge {
 public:
  KeyJudge(const Facts& facts, const Derived& derived)
      : trust_(*facts.trust), keys_(facts, derived.running_tree), unseen_(trust_.unseen) {}

  void judge_key(const SigningKey& key, const std::string& path) {
    const Certificate* certificate = certificate_of(key, trust_);
    if (certificate == nullptr) return;
    const KeyTrust standing = keys_.trust_of(*certificate);
    if (standing.trust_status == TrustStatus::unsure) unseen_.push_back({path, standing.reason});
    if (standing.trust_status == TrustStatus::trusted)
      findings_.push_back(finding_of(key, path, *certificate));
  }

  Verdict take() { return judge(std::move(findings_), std::move(unseen_)); }

 private:
  const TrustSources& trust_;
  KernelKeys keys_;
  std::vector<Finding> findings_;
  std::vector<Unseen> unseen_;
};

Verdict evaluate(const Facts& facts, const Derived& derived) {
  if (!facts.trust) return unknown(facts.trust.error());
  KeyJudge judge(facts, derived);
  for_each_signing_key(
      facts, [&](const SigningKey& key, const std::string& path) { judge.judge_key(key, path); });
  return judge.take();
}

}  // namespace

extern const Check key_002_signing_key_on_disk{
    .id = "KEY-002",
    .title = "No private key that this kernel trusts is on this disk",
    .fault = "A private key that this kernel trusts is on this disk",
    .severity = Severity::high,
    .needs = Needs::module_support,
    .method =
        "The private keys in the places of DKMS, of akmods, of kernel builds and of initramfs "
        "images. It fails for each whose certificate this kernel trusts for modules.",
    .rationale =
        "Enforcing signatures is meant to hold against root too. With the private key on the same "
        "disk it does not: root can sign anything. DKMS works like this by default, and a kernel "
        "that was built on this host leaves such a key in its build folder.",
    .remedy =
        "Build and sign modules on another machine, or protect the key with a passphrase; remove "
        "certs/signing_key.pem of a kernel's build, and keep keys out of initramfs images. Where "
        "that is too much, keep in mind that sig_enforce and lockdown do not hold against whoever "
        "has this key.",
    .references = {"man:dkms(8)", "linux:Documentation/admin-guide/module-signing.rst"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
