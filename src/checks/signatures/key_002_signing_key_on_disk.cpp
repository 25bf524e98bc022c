// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/check.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyze/signatures/key_trust.hpp"

namespace kmodsec {
namespace {

const Certificate* certificate_of(const SigningKey& key, const TrustSources& trust) {
  const auto found =
      std::ranges::find(trust.certificates, key.certificate, &Certificate::fingerprint);
  return key.certificate.empty() || found == trust.certificates.end() ? nullptr : &*found;
}

Verdict evaluate(const Facts& facts, const Derived& derived) {
  if (!facts.trust) return unknown(facts.trust.error());
  const KernelKeys keys(facts, derived.running_tree);
  std::vector<Finding> findings;
  std::vector<Unseen> unseen = facts.trust->unseen;
  for (const SigningKey& key : facts.trust->signing_keys) {
    const Certificate* certificate = certificate_of(key, *facts.trust);
    if (certificate == nullptr) continue;
    const KeyTrust trust_status = keys.trust_of(*certificate);
    if (trust_status.trust_status == TrustStatus::unsure)
      unseen.push_back({key.path, trust_status.reason});
    if (trust_status.trust_status != TrustStatus::trusted) continue;
    findings.push_back({key.path,
                        "whoever becomes root here can sign modules in the name of \"" +
                            certificate->subject + "\"",
                        {{key.path, {}, fmt::format("mode {:04o}, user {}", key.mode, key.uid)}}});
  }
  return judge(std::move(findings), std::move(unseen));
}

}  // namespace

extern const Check key_002_signing_key_on_disk{
    .id = "KEY-002",
    .title = "No private key that this kernel trusts lies on this disk",
    .fault = "A private key that this kernel trusts lies on this disk",
    .severity = Severity::medium,
    .needs = Needs::module_support,
    .rationale =
        "Enforcing signatures is meant to hold against root too. With the private key on the "
        "same disk it does not: root signs what he wants to load. This is how DKMS works by "
        "default.",
    .remedy =
        "Build and sign modules on another machine, or protect the key with a passphrase. "
        "Where that is too much, know that sig_enforce and lockdown stop at this key.",
    .references = {"man:dkms(8)", "linux:Documentation/admin-guide/module-signing.rst"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
