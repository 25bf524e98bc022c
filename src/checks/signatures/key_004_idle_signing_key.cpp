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

/// Those that the kernel trusts are KEY-002's; where it may, this cannot be told either.
class IdleKeys {
 public:
  IdleKeys(const Facts& facts, const Derived& derived)
      : trust_(*facts.trust), keys_(facts, derived.running_tree), unseen_(trust_.unseen) {}

  void judge_key(const SigningKey& key, const std::string& path) {
    const Certificate* certificate = certificate_of(key, trust_);
    const bool is_alone = certificate == nullptr;
    const KeyTrust trust = is_alone ? KeyTrust{} : keys_.trust_of(*certificate);
    if (trust.trust_status == TrustStatus::unsure) unseen_.push_back({path, trust.reason});
    if (trust.trust_status != TrustStatus::untrusted) return;
    findings_.push_back(
        {path,
         is_alone ? "a private key without its certificate: which kernels trust it is not known"
                  : "a private key that this kernel does not trust, but another may",
         {{path, {}, fmt::format("mode {:04o}, user {}", key.mode, key.uid)}}});
  }

  Verdict take() { return judge(std::move(findings_), std::move(unseen_)); }

 private:
  const TrustSources& trust_;
  KernelKeys keys_;
  std::vector<Finding> findings_;
  std::vector<Unseen> unseen_;
};

Verdict evaluate(const Facts& facts, const Derived& derived) {
  if (!facts.trust)
    return facts.live ? unknown(facts.trust.error()) : not_applicable("not looked for");
  IdleKeys idle(facts, derived);
  for_each_signing_key(
      facts, [&](const SigningKey& key, const std::string& path) { idle.judge_key(key, path); });
  return idle.take();
}

}  // namespace

extern const Check key_004_idle_signing_key{
    .id = "KEY-004",
    .title = "No unused private key of module signing is on this disk",
    .fault = "An unused private key of module signing is on this disk",
    .severity = Severity::low,
    .needs = Needs::nothing,
    .method =
        "The private keys that KEY-002 looks for. It fails for each whose certificate is missing, "
        "or is not trusted by this kernel.",
    .rationale =
        "A private key that this kernel does not trust today may be enrolled tomorrow, belong to "
        "another installed kernel, or to another machine.",
    .remedy = "Remove it, or move it to where modules are signed.",
    .references = {"linux:Documentation/admin-guide/module-signing.rst"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
