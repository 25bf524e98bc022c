// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/signer_certificates.hpp"

#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "format/certificate.hpp"
#include "format/digest.hpp"

namespace kmodsec {
namespace {

constexpr int longest_chain = 8;

void release_all(STACK_OF(X509) * certificates) { sk_X509_pop_free(certificates, X509_free); }
using Stack = std::unique_ptr<STACK_OF(X509), openssl::Releaser<STACK_OF(X509), release_all>>;

std::string_view encoded(X509_NAME* name) {
  const unsigned char* bytes = nullptr;
  std::size_t size = 0;
  if (X509_NAME_get0_der(name, &bytes, &size) != 1) return {};
  return {reinterpret_cast<const char*>(bytes), size};
}

/// To the byte, as the kernel compares (linux: crypto/asymmetric_keys/asymmetric_type.c).
bool is_named_by(const X509* certificate, CMS_SignerInfo* signer) {
  ASN1_OCTET_STRING* key_id = nullptr;
  X509_NAME* issuer = nullptr;
  ASN1_INTEGER* serial = nullptr;
  CMS_SignerInfo_get0_signer_id(signer, &key_id, &issuer, &serial);
  if (key_id != nullptr) {
    const ASN1_OCTET_STRING* own = X509_get0_subject_key_id(const_cast<X509*>(certificate));
    return own != nullptr && openssl::bytes_of(own) == openssl::bytes_of(key_id);
  }
  return issuer != nullptr && serial != nullptr &&
         ASN1_INTEGER_cmp(serial, X509_get0_serialNumber(certificate)) == 0 &&
         encoded(issuer) == encoded(X509_get_issuer_name(certificate));
}

bool is_signed_by(const X509* certificate, X509* issuer) {
  EVP_PKEY* key = X509_get0_pubkey(issuer);
  return key != nullptr &&
         encoded(X509_get_subject_name(issuer)) == encoded(X509_get_issuer_name(certificate)) &&
         X509_verify(const_cast<X509*>(certificate), key) == 1;
}

const EVP_MD* digest_of(CMS_SignerInfo* signer, std::string& name) {
  X509_ALGOR* algorithm = nullptr;
  CMS_SignerInfo_get0_algs(signer, nullptr, nullptr, &algorithm, nullptr);
  const ASN1_OBJECT* object = nullptr;
  if (algorithm != nullptr) X509_ALGOR_get0(&object, nullptr, nullptr, algorithm);
  const int nid = object != nullptr ? OBJ_obj2nid(object) : NID_undef;
  name = nid != NID_undef ? OBJ_nid2sn(nid) : "unknown";
  return nid != NID_undef ? openssl::digest_named(name.c_str()) : nullptr;
}

std::string digest_bytes(const EVP_MD* type, const SignedContent& content) {
  if (EVP_MD_is_a(type, "SHA256") == 1 && !content.sha256.empty())
    return std::string(content.sha256);
  std::string digest(EVP_MAX_MD_SIZE, '\0');
  unsigned int length = 0;
  const int done =
      EVP_Digest(content.bytes.data(), content.bytes.size(),
                 reinterpret_cast<unsigned char*>(digest.data()), &length, type, nullptr);
  digest.resize(done == 1 ? length : 0);
  return digest;
}

const unsigned char* unsigned_bytes(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

CertificateCheck unavailable(const std::string& algorithm) {
  return {.outcome = SignerOutcome::unavailable, .reason = "algorithm unavailable: " + algorithm};
}

/// RSA is PKCS#1 v1.5, as in the kernel; a wrong signature is no error of the library.
CertificateCheck verify(CMS_SignerInfo* signer, X509* certificate, const SignedContent& content) {
  std::string name;
  const EVP_MD* type = digest_of(signer, name);
  if (type == nullptr) return unavailable(name);
  EVP_PKEY* key = X509_get0_pubkey(certificate);
  if (key == nullptr) return unavailable("the kind of the signer's key");
  const openssl::KeyContext context(EVP_PKEY_CTX_new_from_pkey(openssl::library(), key, nullptr));
  if (!context || EVP_PKEY_verify_init(context.get()) != 1)
    return unavailable("the kind of the signer's key");
  if (EVP_PKEY_CTX_set_signature_md(context.get(), type) != 1) return unavailable(name);
  const std::string digest = digest_bytes(type, content);
  if (digest.empty()) return unavailable(name);
  const std::string_view signature = openssl::bytes_of(CMS_SignerInfo_get0_signature(signer));
  const int good = EVP_PKEY_verify(context.get(), unsigned_bytes(signature), signature.size(),
                                   unsigned_bytes(digest), digest.size());
  return {.outcome = good == 1 ? SignerOutcome::good : SignerOutcome::bad};
}

}  // namespace

void SignerCertificates::add(std::string_view der) {
  auto certificate = openssl::read_certificate(der);
  if (!certificate) return;
  std::string fingerprint = hex_digest(Digest::sha256, der);
  if (std::ranges::find(known_, fingerprint, &Known::fingerprint) != known_.end()) return;
  X509_get0_pubkey(certificate.get());  // decoded here once, not by each thread
  X509_check_purpose(certificate.get(), -1, 0);
  ERR_clear_error();
  known_.push_back({std::move(certificate), std::move(fingerprint)});
}

std::vector<CertificateCheck> SignerCertificates::check_named(CMS_SignerInfo* signer,
                                                              const SignedContent& content) const {
  std::vector<CertificateCheck> checks;
  for (const Known& candidate : known_) {
    if (!is_named_by(candidate.certificate.get(), signer)) continue;
    checks.push_back(verify(signer, candidate.certificate.get(), content));
    checks.back().certificate = candidate.fingerprint;
  }
  return checks;
}

SignerCheck SignerCertificates::check(CMS_SignerInfo* signer, CMS_ContentInfo* message,
                                      const SignedContent& content) const {
  std::vector<CertificateCheck> checks = check_named(signer, content);
  std::ranges::move(check_embedded(signer, message, content), std::back_inserter(checks));
  if (checks.empty()) return {.outcome = SignerOutcome::no_certificate};
  CertificateCheck& first = checks.front();
  SignerCheck check{.outcome = first.outcome,
                    .certificate = std::move(first.certificate),
                    .through = std::move(first.through),
                    .reason = std::move(first.reason)};
  check.others.assign(std::move_iterator(checks.begin() + 1), std::move_iterator(checks.end()));
  return check;
}

/// Up the chain of the message's own certificates, each signed by the next, to all of ours that
/// have signed one of them.
std::vector<CertificateCheck> SignerCertificates::follow_chain(const X509* certificate,
                                                               const STACK_OF(X509) *
                                                                   embedded) const {
  std::vector<CertificateCheck> anchors;
  std::vector<std::string> through;
  for (int depth = 0; certificate != nullptr && depth < longest_chain; ++depth) {
    through.push_back(tbs_digest_of(openssl::der_of(certificate)));
    for (const Known& candidate : known_) {
      if (is_signed_by(certificate, candidate.certificate.get()))
        anchors.push_back({SignerOutcome::good, candidate.fingerprint, through, {}});
    }
    const X509* issuer = nullptr;
    for (int i = 0; i < sk_X509_num(embedded) && issuer == nullptr; ++i) {
      X509* candidate = sk_X509_value(embedded, i);
      if (is_signed_by(certificate, candidate)) issuer = candidate;
    }
    certificate = issuer;
  }
  return anchors;
}

std::vector<CertificateCheck> SignerCertificates::check_embedded(
    CMS_SignerInfo* signer, CMS_ContentInfo* message, const SignedContent& content) const {
  const Stack embedded(CMS_get1_certs(message));
  for (int i = 0; embedded && i < sk_X509_num(embedded.get()); ++i) {
    X509* certificate = sk_X509_value(embedded.get(), i);
    if (!is_named_by(certificate, signer)) continue;
    std::vector<CertificateCheck> checks = {verify(signer, certificate, content)};
    if (checks.front().outcome != SignerOutcome::good) return checks;
    std::vector<CertificateCheck> anchored = follow_chain(certificate, embedded.get());
    return anchored.empty() ? checks : anchored;
  }
  return {};
}

}  // namespace kmodsec
