// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/signatures/trust.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

#include <fmt/format.h>

#include "analyze/signatures/signature_verdicts.hpp"

namespace kmodsec {
namespace {

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

/// A signature stands at the end of a file: one that is cut short has lost it.
SignatureVerdict judge_without_signature(const ModuleFile& file) {
  const bool damaged = !file.content && file.content.error().kind == ErrorKind::malformed;
  if (!damaged) return verdict(SignatureStatus::unsigned_);
  return verdict(SignatureStatus::malformed,
                 "the file is damaged, and has no signature: " + file.content.error().reason);
}

std::string signer_name(const Signature& signature) {
  return signature.signer.empty() ? "key id " + signature.key_id
                                  : fmt::format("\"{}\" {}", signature.signer, signature.key_id);
}

SignerMatch first_of(const SignerCheck& check) {
  return {.outcome = check.outcome,
          .certificate = check.certificate,
          .through = check.through,
          .reason = check.reason,
          .needs = check.needs};
}

std::vector<SignerMatch> matches_of(const SignerCheck& check) {
  std::vector<SignerMatch> matches = {first_of(check)};
  matches.insert(matches.end(), check.others.begin(), check.others.end());
  return matches;
}

std::string words_of(const std::string& need) {
  if (need == "odd-key-usage") return "a certificate with such a key usage";
  if (need == "odd-basic-constraints" || need == "no-authority-told")
    return "a certificate with such basic constraints";
  if (need == "signed-attributes") return "signed attributes";
  if (need == "other-names") return "a certificate that names its issuer so";
  return need;
}

}  // namespace

Trust::Trust(const Facts& facts, const ModuleTree* tree)
    : facts_(facts), tree_(tree), keys_(facts, tree), features_(keys_.features()) {
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
  const auto& through = candidate.match->through;
  for (const Revocation& entry : facts_.trust->revocations) {
    const bool of_chain = std::ranges::find(through, entry.value) != through.end();
    if (entry.kind == RevocationKind::tbs && (entry.value == signer.tbs_sha256 || of_chain))
      return entry.source;
    if (entry.kind == RevocationKind::certificate && entry.value == signer.fingerprint)
      return entry.source;
  }
  const bool is_trusted = candidate.trust_status.trust_status == TrustStatus::trusted;
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
  if (signature.form == SignatureForm::absent) return judge_without_signature(file);
  const KernelFeatures::Answer answer = features_.all(signature.needs);
  if (answer.support == Support::no)
    return malformed(fmt::format("this kernel does not take {} ({})", words_of(answer.need),
                                 to_string(answer.error)),
                     answer.error);
  if (signature.form == SignatureForm::malformed)
    return malformed(signature.reason,
                     answer.support == Support::yes ? signature.error : KernelErrno::none);
  if (const Revocation* revoked = revocation_of(file))
    return verdict(SignatureStatus::revoked, "the hash of the module is in " + revoked->source);

  SignatureVerdict judged = judge_signers(signature);
  if (judged.status == SignatureStatus::valid && answer.support == Support::unsure)
    return verdict(
        SignatureStatus::unknown,
        fmt::format("good, but whether this kernel takes {} is not known", words_of(answer.need)));
  return judged;
}

/// The platform keyring is asked where the others have the key of no signer (linux:
/// kernel/module/signing.c).
SignatureVerdict Trust::judge_signers(const Signature& signature) const {
  bool asks_platform = true;
  for (const SignerCheck& check : signature.checks) {
    const auto matches = matches_of(check);
    for (const Candidate& candidate : candidates(matches)) {
      if (candidate.trust_status.trust_status == TrustStatus::trusted &&
          candidate.trust_status.keyring != "platform")
        asks_platform = false;
    }
  }
  std::vector<SignatureVerdict> verdicts;
  for (const SignerCheck& check : signature.checks)
    verdicts.push_back(judge_signer(signature, check, asks_platform));
  const auto deciding = std::ranges::min_element(verdicts, decides_before);
  return deciding == verdicts.end() ? verdict(SignatureStatus::unknown, "present, not verified")
                                    : *deciding;
}

/// What is left to say of a match whose certificate is known.
std::vector<Trust::Candidate> Trust::candidates(const std::vector<SignerMatch>& matches) const {
  std::vector<Candidate> known;
  for (const SignerMatch& match : matches) {
    const Certificate* found = certificate(match.certificate);
    if (found != nullptr) known.push_back({&match, found, keys_.trust_of(*found)});
  }
  return known;
}

/// The first certificate of the kernel's search that it has in a keyring decides, before those that
/// a user names. Of two that bear one name, and are both said to be there, the kernel has taken
/// one, and which is not known.
SignatureVerdict Trust::judge_signer(const Signature& signature, const SignerCheck& check,
                                     bool asks_platform) const {
  const std::vector<SignerMatch> matches = matches_of(check);
  std::vector<Candidate> known = candidates(matches);
  const auto is_asked = [&](const Candidate& candidate) {
    return candidate.trust_status.trust_status == TrustStatus::trusted &&
           (asks_platform || candidate.trust_status.keyring != "platform");
  };
  const auto is_given = [](const Candidate& one) { return one.trust_status.keyring == "given"; };
  std::ranges::stable_partition(known, std::not_fn(is_given));
  const auto first = std::ranges::find_if(known, is_asked);
  if (first != known.end()) {
    for (const Candidate& other : known) {
      if (is_asked(other) && is_given(other) == is_given(*first) &&
          other.match->through == first->match->through &&
          other.match->outcome != first->match->outcome)
        return verdict(SignatureStatus::unknown,
                       "two certificates that this kernel may trust have the name of " +
                           signer_name(signature));
    }
    return judge_match(signature, *first);
  }
  for (const SignerMatch& match : matches) {
    if (match.outcome == SignerOutcome::refused)
      return judge_match(signature, {&match, nullptr, {}});
  }
  const auto unsure = std::ranges::find_if(known, [](const Candidate& candidate) {
    return candidate.trust_status.trust_status == TrustStatus::unsure;
  });
  if (unsure != known.end()) return judge_match(signature, *unsure);
  const auto good = std::ranges::find_if(known, [](const Candidate& candidate) {
    return candidate.match->outcome == SignerOutcome::good;
  });
  if (good != known.end()) return judge_match(signature, *good);
  return judge_match(signature,
                     known.empty() ? Candidate{matches.data(), nullptr, {}} : known.front());
}

SignatureVerdict Trust::judge_match(const Signature& signature, const Candidate& candidate) const {
  switch (candidate.match->outcome) {
    case SignerOutcome::unchecked: break;
    case SignerOutcome::good: return judge_good(candidate);
    case SignerOutcome::bad: return judge_bad(signature, candidate);
    case SignerOutcome::no_certificate: return judge_unknown_key(signature);
    case SignerOutcome::unavailable:
      return verdict(SignatureStatus::unknown, candidate.match->reason);
    case SignerOutcome::refused: return invalid(candidate.match->reason);
  }
  return verdict(SignatureStatus::unknown, "present, not verified");
}

/// A certificate that is in no keyring of this kernel proves nothing against the signature.
SignatureVerdict Trust::judge_bad(const Signature& signature, const Candidate& candidate) const {
  const bool is_known = candidate.certificate != nullptr;
  if (is_known && candidate.trust_status.trust_status == TrustStatus::untrusted)
    return judge_unknown_key(signature);
  if (is_known && candidate.trust_status.trust_status == TrustStatus::unsure)
    return verdict(SignatureStatus::unknown,
                   fmt::format("bad by \"{}\", but {}", candidate.certificate->subject,
                               candidate.trust_status.reason));
  return invalid("the content is not what " + signer_name(signature) + " signed");
}

SignatureVerdict Trust::judge_good(const Candidate& candidate) const {
  const SignerMatch& match = *candidate.match;
  if (candidate.certificate == nullptr) {
    std::string doubt = keys_.doubt();
    if (!doubt.empty()) return verdict(SignatureStatus::unknown, std::move(doubt));
    return verdict(
        SignatureStatus::untrusted,
        "good by a certificate that comes with the module and that nothing here vouches for");
  }
  const Certificate& signer = *candidate.certificate;
  SignatureVerdict judged;
  judged.certificate_source = place_of(signer);
  const std::string revoked_by = revoker_of(candidate);
  if (!revoked_by.empty()) {
    judged.status = SignatureStatus::revoked;
    judged.reason = fmt::format("the key of \"{}\" is revoked by {}", signer.subject, revoked_by);
    judged.is_fatal = revoked_by == ".blacklist";
    if (match.through.empty() && keys_.still_accepts(signer))
      judged.reason += "; this kernel has not loaded the revocation, and still trusts the key";
    return judged;
  }
  const KeyTrust& trust_status = candidate.trust_status;
  const KernelFeatures::Answer answer = features_.all(match.needs);
  if (trust_status.trust_status == TrustStatus::trusted && answer.support != Support::yes) {
    const bool lacks = answer.support == Support::no;
    judged.status = lacks ? SignatureStatus::invalid : SignatureStatus::unknown;
    judged.is_fatal = lacks && refuses_always(answer.error);
    judged.reason = fmt::format("good by \"{}\", but {} {}", signer.subject,
                                lacks ? "this kernel cannot verify by"
                                      : "it is not known whether this kernel can verify by",
                                answer.need);
    return judged;
  }
  if (trust_status.trust_status == TrustStatus::untrusted) {
    if (std::string doubt = keys_.doubt(); !doubt.empty())
      return verdict(SignatureStatus::unknown, std::move(doubt));
  }
  judged.status = trust_status.trust_status == TrustStatus::trusted  ? SignatureStatus::valid
                  : trust_status.trust_status == TrustStatus::unsure ? SignatureStatus::unknown
                                                                     : SignatureStatus::untrusted;
  judged.reason = trust_status.reason.empty()
                      ? ""
                      : fmt::format("good by \"{}\", but {}", signer.subject, trust_status.reason);
  judged.keyring = judged.status == SignatureStatus::valid ? trust_status.keyring : "";
  return judged;
}

bool Trust::is_a_trusted_name(const std::string& subject) const {
  return facts_.trust && !subject.empty() &&
         std::ranges::any_of(facts_.trust->certificates, [&](const Certificate& one) {
           return one.subject == subject &&
                  keys_.trust_of(one).trust_status == TrustStatus::trusted;
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

}  // namespace kmodsec
