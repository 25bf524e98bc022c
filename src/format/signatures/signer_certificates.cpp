// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/signatures/signer_certificates.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "format/signatures/certificate.hpp"
#include "format/signatures/embedded_chain.hpp"

namespace kmodsec {
namespace {

using Known = SignerCertificates::Known;

SignerCheck refused(std::string reason) {
  return {.outcome = SignerOutcome::refused,
          .certificate = {},
          .through = {},
          .reason = std::move(reason),
          .needs = {},
          .others = {}};
}

SignerMatch refused_match(std::string reason) {
  return {.outcome = SignerOutcome::refused,
          .certificate = {},
          .through = {},
          .reason = std::move(reason),
          .needs = {}};
}

SignerCheck unavailable(KernelOid digest) {
  return {.outcome = SignerOutcome::unavailable,
          .certificate = {},
          .through = {},
          .reason = "algorithm unavailable: " + std::string(digest_name(digest)),
          .needs = {},
          .others = {}};
}

/// What the signer's key is held against. ML-DSA signs the content itself, or its attributes as the
/// set that they are (linux: crypto/asymmetric_keys/pkcs7_verify.c, pkcs7_digest, 7.0).
std::string signed_by(const KernelSigner& signer, const std::string& digest,
                      std::string_view content) {
  constexpr char set_tag = 0x31;
  if (signer.signature.kind != KernelKeyKind::ml_dsa) return digest;
  if (!signer.has_attributes || signer.attributes.empty()) return std::string(content);
  return set_tag + std::string(signer.attributes.substr(1));
}

/// One or the other identity of a certificate is the one that is looked for; where a key id is
/// given beside it, that must be the certificate's, too (linux: asymmetric_type.c).
bool bears(const KernelCertificate& certificate, std::string_view id) {
  return certificate.id == id || certificate.key_id == id;
}

/// Follows the search of one signer through the keyrings.
class Search {
 public:
  Search(const std::vector<Known>& known, const KernelMessage& message, EmbeddedChain& chain)
      : known_(known), message_(message), chain_(chain) {}

  SignerCheck run(const KernelSigner& signer, const std::string& digest) {
    const auto own = chain_.find(signer.id);
    if (own) {
      const SignerCheck embedded = check_embedded(signer, digest, *own);
      if (embedded.outcome != SignerOutcome::good) return embedded;
      if (follow(signer, digest, chain_.from(*own))) return joined(SignerOutcome::good);
    }
    through_.clear();
    ask(signer.id, std::nullopt, signer.signature, digest);
    if (signer.id.empty()) found_.push_back(refused_match("a signer names no key (EINVAL)"));
    return joined(own ? SignerOutcome::good : SignerOutcome::no_certificate);
  }

 private:
  /// What a kernel looks at before it asks a keyring.
  SignerCheck check_embedded(const KernelSigner& signer, const std::string& digest,
                             std::size_t own) {
    const KernelCertificate& certificate = message_.certificates[own];
    const EmbeddedChain::Path path = chain_.from(own);
    for (const std::size_t at : path.certificates)
      add_need(needs_, need_of(message_.certificates[at].key));
    if (signer.signing_time && (*signer.signing_time < certificate.valid_from ||
                                *signer.signing_time > certificate.valid_to))
      return refused("the signature was made outside of its certificate's time (EKEYREJECTED)");
    const auto answer = verify(certificate.key, signer.signature, digest);
    if (answer && *answer != KernelErrno::none)
      return refused(
          "the signature is not by the certificate that it brings along under the "
          "signer's name");
    if (path.error != KernelErrno::none)
      return refused("a certificate that it brings along is not by the one that it names");
    return {.outcome = SignerOutcome::good};
  }

  /// Up the certificates of the message. True when the search ends there.
  bool follow(const KernelSigner& signer, const std::string& digest,
              const EmbeddedChain::Path& path) {
    const KernelSignature* signature = &signer.signature;
    std::string signed_digest = digest;
    for (const std::size_t at : path.certificates) {
      const KernelCertificate& certificate = message_.certificates[at];
      ask(certificate.id, certificate.key_id, *signature, signed_digest);
      signature = &certificate.signature;
      signed_digest = to_verify(certificate.signature, certificate.to_be_signed).value_or("");
      through_.push_back(tbs_digest(certificate));
    }
    if (path.ends_in_itself) return true;
    const KernelCertificate& top = message_.certificates[path.certificates.back()];
    if (top.issuer_id) {
      ask_issuer(*top.issuer_id, top.issuer_key_id, *signature, signed_digest);
    } else if (top.issuer_key_id) {
      if (top.issuer_key_id->empty())
        found_.push_back(
            refused_match("a certificate that it brings along names no issuer (EINVAL)"));
      ask(*top.issuer_key_id, std::nullopt, *signature, signed_digest);
    }
    return false;
  }

  void ask(std::string_view id, const std::optional<std::string_view>& key_id,
           const KernelSignature& signature, const std::string& digest) {
    for (const Known& known : known_) {
      if (!bears(known.certificate, id)) continue;
      if (!key_id || known.certificate.key_id == key_id) add(known, signature, digest);
    }
  }

  /// An issuer whose key id is another one than the certificate says makes the kernel refuse.
  void ask_issuer(std::string_view id, const std::optional<std::string_view>& key_id,
                  const KernelSignature& signature, const std::string& digest) {
    for (const Known& known : known_) {
      if (!bears(known.certificate, id)) continue;
      add(known, signature, digest);
      if (key_id && known.certificate.key_id != key_id) found_.back().outcome = SignerOutcome::bad;
    }
  }

  void add(const Known& known, const KernelSignature& signature, const std::string& digest) {
    const auto answer = verify(known.certificate.key, signature, digest);
    SignerMatch check{.outcome = SignerOutcome::unavailable,
                      .certificate = known.fingerprint,
                      .through = through_,
                      .reason = known.certificate.key.kind == KernelKeyKind::ml_dsa
                                    ? "algorithm unavailable: ML-DSA, which OpenSSL has from 3.5 on"
                                    : "algorithm unavailable: the kind of the signer's key",
                      .needs = needs_};
    add_need(check.needs, need_of(known.certificate.key));
    if (answer) {
      check.outcome = *answer == KernelErrno::none ? SignerOutcome::good : SignerOutcome::bad;
      check.reason.clear();
    }
    found_.push_back(std::move(check));
  }

  SignerCheck joined(SignerOutcome without) {
    if (found_.empty())
      return {.outcome = without,
              .certificate = {},
              .through = {},
              .reason = {},
              .needs = needs_,
              .others = {}};
    SignerMatch& first = found_.front();
    return {.outcome = first.outcome,
            .certificate = std::move(first.certificate),
            .through = std::move(first.through),
            .reason = std::move(first.reason),
            .needs = std::move(first.needs),
            .others = {std::make_move_iterator(found_.begin() + 1),
                       std::make_move_iterator(found_.end())}};
  }

  static std::string tbs_digest(const KernelCertificate& certificate) {
    return fingerprint_of(certificate.to_be_signed);
  }

  const std::vector<Known>& known_;
  const KernelMessage& message_;
  EmbeddedChain& chain_;
  std::vector<std::string> through_;
  std::vector<std::string> needs_;  ///< Of what the message brings along.
  std::vector<SignerMatch> found_;
};

}  // namespace

void SignerCertificates::add(std::string_view der) {
  auto own = std::make_unique<const std::string>(der);
  auto certificate = parse_kernel_certificate(*own);
  if (!certificate) return;
  std::string fingerprint = fingerprint_of(der);
  if (std::ranges::find(known_, fingerprint, &Known::fingerprint) != known_.end()) return;
  known_.push_back({std::move(own), std::move(*certificate), std::move(fingerprint)});
}

std::vector<SignerCheck> SignerCertificates::check(const KernelMessage& message,
                                                   ContentDigests& digests) const {
  std::vector<SignerCheck> checks;
  EmbeddedChain chain(message.certificates);
  for (const KernelSigner& signer : message.signers) {
    const auto& digest = digests.of(signer.signature.digest);
    if (!digest)
      checks.push_back(unavailable(signer.signature.digest));
    else if (signer.has_attributes && signer.message_digest != *digest)
      checks.push_back(refused("the signed attributes are of another content (EKEYREJECTED)"));
    else
      checks.push_back(
          Search(known_, message, chain).run(signer, signed_by(signer, *digest, digests.bytes())));
  }
  return checks;
}

}  // namespace kmodsec
