// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/judge.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyze/signatures/key_trust.hpp"

namespace kmodsec {
namespace {

/// Put into shim by the distribution, and listed with the owner's keys.
bool is_of_a_vendor(std::string_view subject) {
  constexpr std::string_view vendors[] = {"Debian Secure Boot CA",
                                          "Canonical Ltd. Master Certificate Authority",
                                          "Fedora Secure Boot CA",
                                          "Red Hat Secure Boot CA",
                                          "SUSE Linux Enterprise Secure Boot CA",
                                          "openSUSE Secure Boot CA"};
  return std::ranges::any_of(vendors,
                             [&](std::string_view vendor) { return subject.starts_with(vendor); });
}

/// Whoever makes a certificate may leave its subject empty.
std::string name_of(const Certificate& certificate) {
  return certificate.subject.empty() ? "certificate " + certificate.fingerprint
                                     : certificate.subject;
}

Verdict evaluate(const Facts& facts, const Derived& derived) {
  if (!facts.trust) return unknown(facts.trust.error());
  const KernelKeys keys(facts, derived.running_tree);
  std::vector<Finding> findings;
  for (const Certificate& certificate : facts.trust->certificates) {
    for (const CertificateSource& source : certificate.sources) {
      if (source.origin != CertificateOrigin::mok || is_of_a_vendor(certificate.subject) ||
          keys.trust_of(certificate).trust_status == TrustStatus::untrusted)
        continue;
      findings.push_back({name_of(certificate),
                          "was enrolled on this machine and can sign code for its kernel",
                          {{source.path, {}, certificate.fingerprint}}});
    }
  }
  sort_by_subject(findings);
  return judge(std::move(findings), facts.trust->unseen);
}

}  // namespace

extern const Check key_001_enrolled_keys{
    .id = "KEY-001",
    .title = "No key that was enrolled on this machine can sign modules for it",
    .fault = "A key that was enrolled on this machine can sign modules for it",
    .severity = Severity::low,
    .needs = Needs::module_support,
    .method =
        "The certificates that shim handed to the kernel (MokListRT). It fails for each that this "
        "kernel trusts for modules and that is not a distribution's.",
    .rationale =
        "A machine owner key is as powerful as the key of the distribution: whoever has its "
        "private half can load any code. DKMS enrolls such a key for the modules that it builds. A "
        "vendor's certificate is recognised by its name, so an odd copy of one deserves a look.",
    .remedy =
        "Check that each of these keys is yours and where its private half is kept. mokutil "
        "--delete takes one out.",
    .references = {"man:mokutil(1)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
