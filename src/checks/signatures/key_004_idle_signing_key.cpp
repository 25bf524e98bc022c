// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/check.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyze/signatures/key_trust.hpp"

namespace kmodsec {
namespace {

/// Those that a kernel trusts, or may, are KEY-002's.
bool is_idle(const SigningKey& key, const TrustSources& trust, const KernelKeys& keys) {
  const auto found =
      std::ranges::find(trust.certificates, key.certificate, &Certificate::fingerprint);
  return key.certificate.empty() || found == trust.certificates.end() ||
         keys.trust_of(*found).trust_status == TrustStatus::untrusted;
}

void add_finding(const SigningKey& key, const std::string& path, std::vector<Finding>& findings) {
  findings.push_back({path,
                      key.certificate.empty()
                          ? "a private key without its certificate: whom it signs for is not known"
                          : "a private key that this kernel does not trust, but another may",
                      {{path, {}, fmt::format("mode {:04o}, user {}", key.mode, key.uid)}}});
}

Verdict evaluate(const Facts& facts, const Derived& derived) {
  if (!facts.trust)
    return facts.live ? unknown(facts.trust.error()) : not_applicable("not looked for");
  const KernelKeys keys(facts, derived.running_tree);
  std::vector<Finding> findings;
  for (const SigningKey& key : facts.trust->signing_keys) {
    if (is_idle(key, *facts.trust, keys)) add_finding(key, key.path, findings);
  }
  for (const ModuleTree& tree : facts.trees) {
    if (!tree.initramfs_images) continue;
    for (const InitramfsImage& image : *tree.initramfs_images) {
      for (const SigningKey& key : image.signing_keys) {
        if (is_idle(key, *facts.trust, keys))
          add_finding(key, image.path + ":" + key.path, findings);
      }
    }
  }
  return judge(std::move(findings), facts.trust->unseen);
}

}  // namespace

extern const Check key_004_idle_signing_key{
    .id = "KEY-004",
    .title = "No private key of module signing lies around unused",
    .fault = "A private key of module signing lies around unused",
    .severity = Severity::low,
    .needs = Needs::nothing,
    .rationale =
        "A private key that this kernel does not trust today may be enrolled tomorrow, belong to "
        "another installed kernel, or to another machine.",
    .remedy = "Remove it, or move it to where modules are signed.",
    .references = {"linux:Documentation/admin-guide/module-signing.rst"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
