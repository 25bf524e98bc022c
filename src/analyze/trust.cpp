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

std::string Trust::revoker_of(const Certificate& signer, const SignerCheck& check) const {
  for (const Revocation& entry : facts_.trust->revocations) {
    const bool of_chain = std::ranges::find(check.through, entry.value) != check.through.end();
    if (entry.kind == RevocationKind::tbs && (entry.value == signer.tbs_sha256 || of_chain))
      return entry.source;
    if (entry.kind == RevocationKind::certificate && entry.value == signer.fingerprint)
      return entry.source;
  }
  if (keys_.is_blacklisted(signer)) return ".blacklist";
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

SignatureVerdict Trust::judge_signer(const Signature& signature, const SignerCheck& check) const {
  switch (check.outcome) {
    case SignerOutcome::unchecked: break;
    case SignerOutcome::good: return judge_good(signature, check);
    case SignerOutcome::bad:
      return verdict(SignatureStatus::invalid,
                     "the content is not what " + signer_name(signature) + " signed");
    case SignerOutcome::no_certificate: return judge_unknown_key(signature);
    case SignerOutcome::unavailable: return verdict(SignatureStatus::unknown, check.reason);
  }
  return verdict(SignatureStatus::unknown, "present, not verified");
}

SignatureVerdict Trust::judge_good(const Signature& signature, const SignerCheck& check) const {
  const Certificate* signer = certificate(check.certificate);
  if (signer == nullptr)
    return verdict(SignatureStatus::untrusted,
                   "good by a certificate that it brings along, which nobody here vouches for");
  SignatureVerdict judged;
  judged.certificate_source = signer->sources.front().path;
  const std::string revoked_by = revoker_of(*signer, check);
  if (!revoked_by.empty()) {
    judged.status = SignatureStatus::revoked;
    judged.reason = fmt::format("the key of \"{}\" is revoked by {}", signer->subject, revoked_by);
    if (check.through.empty() && keys_.still_accepts(*signer))
      judged.reason += "; this kernel has not taken that over, and still trusts it";
    return judged;
  }
  if (!is_known_to_every_kernel(signature.hash_algorithm)) {
    judged.reason =
        "good, but whether this kernel can compute " + signature.hash_algorithm + " is not known";
    return judged;
  }
  KeyStanding standing = keys_.standing_of(*signer);
  judged.status = standing.standing == Standing::trusted  ? SignatureStatus::valid
                  : standing.standing == Standing::unsure ? SignatureStatus::unknown
                                                          : SignatureStatus::untrusted;
  judged.reason = standing.reason.empty()
                      ? ""
                      : fmt::format("good by \"{}\", but {}", signer->subject, standing.reason);
  judged.keyring = judged.status == SignatureStatus::valid ? std::move(standing.keyring) : "";
  return judged;
}

SignatureVerdict Trust::judge_unknown_key(const Signature& signature) const {
  std::string doubt = keys_.doubt();
  if (!doubt.empty()) return verdict(SignatureStatus::unknown, std::move(doubt));
  const bool same_name =
      facts_.trust && !signature.signer.empty() &&
      std::ranges::find(facts_.trust->certificates, signature.signer, &Certificate::subject) !=
          facts_.trust->certificates.end();
  return verdict(SignatureStatus::untrusted,
                 same_name ? fmt::format("{} is another key than the one of that name that this "
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
