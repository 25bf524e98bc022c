// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/trust.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace kmodsec {
namespace {

SignatureVerdict verdict(SignatureStatus status, std::string reason = {}) {
  return {.status = status, .reason = std::move(reason), .keyring = {}, .certificate_source = {}};
}

/// Of several signers the kernel needs one that is trusted, and none that is wrong or revoked.
constexpr std::array deciding_order = {SignatureStatus::revoked,   SignatureStatus::invalid,
                                       SignatureStatus::valid,     SignatureStatus::unknown,
                                       SignatureStatus::untrusted, SignatureStatus::malformed};

bool decides_before(const SignatureVerdict& left, const SignatureVerdict& right) {
  return std::ranges::find(deciding_order, left.status) <
         std::ranges::find(deciding_order, right.status);
}

/// What is damaged was looked at; what may not be read was not.
SignatureVerdict judge_unreadable(const Error& error) {
  const bool damaged = error.kind == ErrorKind::malformed;
  return verdict(damaged ? SignatureStatus::malformed : SignatureStatus::unknown, error.reason);
}

/// Others come and go with the version of the kernel (linux: crypto/asymmetric_keys/
/// pkcs7_parser.c), and distributions bring them back.
bool is_known_to_every_kernel(std::string_view digest) {
  return digest == "sha1" || digest == "sha224" || digest == "sha256" || digest == "sha384" ||
         digest == "sha512";
}

std::string signer_name(const Signature& signature) {
  return signature.signer.empty() ? "key id " + signature.key_id
                                  : fmt::format("\"{}\" {}", signature.signer, signature.key_id);
}

}  // namespace

Trust::Trust(const Facts& facts, const ModuleTree* tree)
    : facts_(facts), tree_(tree), keys_(facts, tree) {
  if (!facts.trust) return;
  for (const Revocation& entry : facts.trust->revocations) {
    if (entry.kind == RevocationKind::file) revoked_files_.try_emplace(entry.value, &entry);
  }
}

const Certificate* Trust::certificate(const std::string& fingerprint) const {
  if (!facts_.trust) return nullptr;
  const auto& known = facts_.trust->certificates;
  const auto found = std::ranges::find(known, fingerprint, &Certificate::fingerprint);
  return found == known.end() ? nullptr : &*found;
}

/// Lists name a certificate; the .blacklist shows ids alone, which tell nothing of a certificate
/// that is in no keyring.
std::string Trust::revoker_of(const Candidate& candidate) const {
  const Certificate& signer = *candidate.certificate;
  const auto& through = candidate.check->through;
  for (const Revocation& entry : facts_.trust->revocations) {
    const bool of_chain = std::ranges::find(through, entry.value) != through.end();
    if (entry.kind == RevocationKind::tbs && (entry.value == signer.tbs_sha256 || of_chain))
      return entry.source;
    if (entry.kind == RevocationKind::certificate && entry.value == signer.fingerprint)
      return entry.source;
  }
  const bool is_trusted = candidate.standing.standing == Standing::trusted;
  if (is_trusted && keys_.is_blacklisted(signer)) return ".blacklist";
  if (tree_ == nullptr || !tree_->image) return {};
  const auto& refused = tree_->image->revoked;
  return std::ranges::find(refused, signer.fingerprint) != refused.end() ? tree_->image->path : "";
}

const Revocation* Trust::revocation_of(const ModuleFile& file) const {
  if (!facts_.trust || file.module_sha256.empty()) return nullptr;
  const auto found = revoked_files_.find(file.module_sha256);
  return found == revoked_files_.end() ? nullptr : found->second;
}

SignatureVerdict Trust::judge(const ModuleFile& file) const {
  if (!file.signature) return judge_unreadable(file.signature.error());
  const Signature& signature = *file.signature;
  if (signature.form == SignatureForm::absent) return verdict(SignatureStatus::unsigned_);
  if (signature.form == SignatureForm::malformed)
    return verdict(SignatureStatus::malformed, signature.reason);
  if (const Revocation* revoked = revocation_of(file))
    return verdict(SignatureStatus::revoked, "the hash of the module is in " + revoked->source);

  std::vector<SignatureVerdict> verdicts;
  for (const SignerCheck& check : signature.checks)
    verdicts.push_back(judge_signer(signature, check));
  const auto deciding = std::ranges::min_element(verdicts, decides_before);
  return deciding == verdicts.end() ? verdict(SignatureStatus::unknown, "present, not verified")
                                    : *deciding;
}

std::vector<Trust::Candidate> Trust::candidates_of(
    const std::vector<CertificateCheck>& checks) const {
  std::vector<Candidate> candidates;
  for (const CertificateCheck& check : checks) {
    const Certificate* found = certificate(check.certificate);
    if (found != nullptr) candidates.push_back({&check, found, keys_.standing_of(*found)});
  }
  return candidates;
}

/// Only a certificate that is known to be a key of this kernel decides, for better or worse: any
/// other may have been made to bear the name or the id of one.
SignatureVerdict Trust::judge_signer(const Signature& signature, const SignerCheck& check) const {
  std::vector<CertificateCheck> checks = {
      {check.outcome, check.certificate, check.through, check.reason}};
  checks.insert(checks.end(), check.others.begin(), check.others.end());
  const auto is_bad = [](const CertificateCheck& one) {
    return one.outcome == SignerOutcome::bad && one.certificate.empty();
  };
  if (std::ranges::any_of(checks, is_bad))
    return verdict(SignatureStatus::invalid, "the content is not what the certificate that " +
                                                 signer_name(signature) + " brings along signed");
  const std::vector<Candidate> candidates = candidates_of(checks);
  std::vector<const Candidate*> trusted;
  for (const Candidate& candidate : candidates) {
    if (candidate.check->outcome == SignerOutcome::good) {
      const std::string revoker = revoker_of(candidate);
      if (!revoker.empty()) return revoked_by(candidate, revoker);
    }
    if (candidate.standing.standing == Standing::trusted) trusted.push_back(&candidate);
  }
  if (!trusted.empty()) return judge_trusted(signature, trusted);
  if (!candidates.empty()) return judge_unproven(signature, candidates);
  switch (check.outcome) {
    case SignerOutcome::good:
      return verdict(SignatureStatus::untrusted,
                     "good by a certificate that it brings along, which nobody here vouches for");
    case SignerOutcome::bad:
    case SignerOutcome::no_certificate: return judge_unknown_key(signature);
    case SignerOutcome::unavailable: return verdict(SignatureStatus::unknown, check.reason);
    case SignerOutcome::unchecked: break;
  }
  return verdict(SignatureStatus::unknown, "present, not verified");
}

SignatureVerdict Trust::revoked_by(const Candidate& candidate, const std::string& revoker) const {
  const Certificate& signer = *candidate.certificate;
  SignatureVerdict judged =
      verdict(SignatureStatus::revoked,
              fmt::format("the key of \"{}\" is revoked by {}", signer.subject, revoker));
  judged.certificate_source = place_of(signer);
  if (candidate.check->through.empty() && keys_.still_accepts(signer))
    judged.reason += "; this kernel has not taken that over, and still trusts it";
  return judged;
}

/// A kernel asks its own keys before those that a user names, and for the signer itself before it
/// follows a chain.
SignatureVerdict Trust::judge_trusted(const Signature& signature,
                                      const std::vector<const Candidate*>& trusted) const {
  const auto rank = [](const Candidate* one) {
    return std::pair(one->standing.keyring == "given", !one->check->through.empty());
  };
  const Candidate& first = *std::ranges::min(trusted, {}, rank);
  const bool differ = std::ranges::any_of(trusted, [&](const Candidate* other) {
    return rank(other) == rank(&first) && other->check->outcome != first.check->outcome;
  });
  SignatureVerdict judged = verdict(SignatureStatus::unknown);
  judged.certificate_source = place_of(*first.certificate);
  if (differ) {
    judged.reason = "several keys of this kernel are named " + signer_name(signature);
  } else if (first.check->outcome == SignerOutcome::bad) {
    judged.status = SignatureStatus::invalid;
    judged.reason = "the content is not what " + signer_name(signature) + " signed";
    judged.certificate_source.clear();
  } else if (first.check->outcome != SignerOutcome::good) {
    judged.reason = first.check->reason.empty() ? "present, not verified" : first.check->reason;
  } else if (!is_known_to_every_kernel(signature.hash_algorithm)) {
    judged.reason =
        "good, but whether this kernel can compute " + signature.hash_algorithm + " is not known";
  } else {
    judged.status = SignatureStatus::valid;
    judged.keyring = first.standing.keyring;
  }
  return judged;
}

/// None of the certificates is known to be a key of this kernel.
SignatureVerdict Trust::judge_unproven(const Signature& signature,
                                       const std::vector<Candidate>& candidates) const {
  const auto rank = [](const Candidate& one) {
    return std::pair(one.check->outcome != SignerOutcome::good,
                     one.standing.standing != Standing::unsure);
  };
  const Candidate& first = *std::ranges::min_element(candidates, {}, rank);
  const bool is_good = first.check->outcome == SignerOutcome::good;
  SignatureVerdict judged = judge_unknown_key(signature);
  const bool may_be_a_key = std::ranges::any_of(
      candidates, [](const Candidate& one) { return one.standing.standing == Standing::unsure; });
  if (may_be_a_key) judged.status = SignatureStatus::unknown;
  const bool says_it_all =
      first.standing.standing == Standing::unsure || judged.status == SignatureStatus::untrusted;
  if (is_good) judged.certificate_source = place_of(*first.certificate);
  if (is_good && says_it_all)
    judged.reason =
        fmt::format("good by \"{}\", but {}", first.certificate->subject, first.standing.reason);
  else if (may_be_a_key)
    judged.reason = fmt::format("not what \"{}\" of {} signed, and {}", first.certificate->subject,
                                place_of(*first.certificate), first.standing.reason);
  return judged;
}

bool Trust::is_a_trusted_name(const std::string& subject) const {
  return facts_.trust && !subject.empty() &&
         std::ranges::any_of(facts_.trust->certificates, [&](const Certificate& one) {
           return one.subject == subject && keys_.standing_of(one).standing == Standing::trusted;
         });
}

SignatureVerdict Trust::judge_unknown_key(const Signature& signature) const {
  std::string doubt = keys_.doubt();
  if (!doubt.empty()) return verdict(SignatureStatus::unknown, std::move(doubt));
  return verdict(SignatureStatus::untrusted,
                 is_a_trusted_name(signature.signer)
                     ? fmt::format("{} is another key than the one of that name that this "
                                   "kernel trusts",
                                   signer_name(signature))
                     : "this kernel has no key of " + signer_name(signature));
}

Severity severity_of(SignatureStatus status) {
  switch (status) {
    case SignatureStatus::invalid:
    case SignatureStatus::revoked: return Severity::critical;
    case SignatureStatus::untrusted:
    case SignatureStatus::unsigned_:
    case SignatureStatus::malformed: return Severity::high;
    case SignatureStatus::valid:
    case SignatureStatus::unknown: return Severity::low;
  }
  return Severity::low;
}

}  // namespace kmodsec
