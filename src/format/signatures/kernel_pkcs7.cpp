// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/signatures/kernel_pkcs7.hpp"

#include <algorithm>
#include <utility>

#include "format/signatures/kernel_pkcs7_patterns.hpp"

namespace kmodsec {
namespace {

using kernel_asn1::Element;

/// What is remembered goes on from signer to signer, as in the kernel: one that names itself in the
/// other form than its version says is taken for the last one that did.
class Pkcs7Reader final : public kernel_asn1::Actions {
 public:
  KernelErrno act(unsigned char action, const Element& element) override {
    switch (action) {
      case kernel_pkcs7::note_object_id: last_oid_ = kernel_oid(element.value); break;
      case kernel_pkcs7::check_type:
        return last_oid_ == KernelOid::signed_data ? KernelErrno::none
                                                   : refuse("the signature is not signed data");
      case kernel_pkcs7::note_version: return note_version(element.value);
      case kernel_pkcs7::note_content_type: return note_content_type();
      case kernel_pkcs7::note_content: has_content_ = true; break;
      case kernel_pkcs7::note_certificate: return note_certificate(element);
      case kernel_pkcs7::note_certificates:
        message.certificates = std::exchange(certificates_, {});
        break;
      default: return act_on_signer(action, element);
    }
    return KernelErrno::none;
  }

  /// What is looked at when all is read.
  KernelErrno finish() {
    if (message.signers.empty()) return refuse("the signature names no signer");
    const bool first = message.signers.front().has_attributes;
    for (const KernelSigner& signer : message.signers) {
      if (signer.has_attributes != first)
        return refuse("one signer has signed attributes, and another has none");
    }
    if (has_content_)
      return refuse("the signature holds a content of its own", KernelErrno::ebadmsg);
    if (content_type_ != KernelOid::data)
      return refuse("the signature is for another kind of content", KernelErrno::ekeyrejected);
    const bool only_ml_dsa = std::ranges::all_of(message.signers, [](const KernelSigner& signer) {
      return signer.signature.kind == KernelKeyKind::ml_dsa;
    });
    if (first && !only_ml_dsa)
      return refuse("the signature has signed attributes, which no kernel accepts on a module",
                    KernelErrno::ekeyrejected);
    if (first) add_need(message.needs, "signed-attributes");
    return KernelErrno::none;
  }

  KernelMessage message;
  std::string reason;

 private:
  KernelErrno refuse(std::string why, KernelErrno error = KernelErrno::einval) {
    reason = std::move(why);
    return error;
  }

  KernelErrno note_version(std::string_view value) {
    if (value != "\1" && value != "\3")
      return refuse("the signature is of a version that no kernel takes");
    version_ = value.front();
    return KernelErrno::none;
  }

  KernelErrno note_content_type() {
    content_type_ = last_oid_;
    if (content_type_ == KernelOid::data || content_type_ == KernelOid::ms_indirect_data)
      return KernelErrno::none;
    return refuse("the signature is for another kind of content");
  }

  KernelErrno note_certificate(const Element& element) {
    if (element.tag != kernel_asn1::sequence)
      return refuse("something in the signature is not a certificate", KernelErrno::ebadmsg);
    auto certificate = parse_kernel_certificate(element.whole);
    if (!certificate)
      return refuse("the signature holds " + certificate.error().reason, certificate.error().error);
    for (const std::string& need : certificate->needs) add_need(message.needs, need);
    certificates_.push_back(std::move(*certificate));
    return KernelErrno::none;
  }

  KernelErrno act_on_signer(unsigned char action, const Element& element) {
    switch (action) {
      case kernel_pkcs7::note_signer_version: return note_signer_version(element.value);
      case kernel_pkcs7::note_issuer: issuer_ = element.value; break;
      case kernel_pkcs7::note_serial: serial_ = element.value; break;
      case kernel_pkcs7::note_key_id: key_id_ = element.value; break;
      case kernel_pkcs7::note_digest: return note_digest();
      case kernel_pkcs7::note_attribute: return note_attribute(element);
      case kernel_pkcs7::note_attributes: return note_attributes(element.whole);
      case kernel_pkcs7::note_method: return note_method();
      case kernel_pkcs7::note_signature: signer_.signature.value = element.value; break;
      case kernel_pkcs7::note_signer: return note_signer();
      default: break;
    }
    return KernelErrno::none;
  }

  KernelErrno note_signer_version(std::string_view value) {
    if (value != "\1" && value != "\3")
      return refuse("a signer is of a version that no kernel takes");
    if (value.front() != version_)
      return refuse("a signer is of another version than the signature", KernelErrno::ebadmsg);
    return KernelErrno::none;
  }

  KernelErrno note_digest() {
    if (digest_name(last_oid_).empty())
      return refuse("the signature is over a digest that no kernel knows", KernelErrno::enopkg);
    signer_.signature.digest = last_oid_;
    add_need(message.needs, need_of(last_oid_));
    return KernelErrno::none;
  }

  KernelErrno note_method() {
    switch (last_oid_) {
      case KernelOid::rsa: return of_kind(KernelKeyKind::rsa, {});
      case KernelOid::ecdsa_sha1:
      case KernelOid::ecdsa_sha224:
      case KernelOid::ecdsa_sha256:
      case KernelOid::ecdsa_sha384:
      case KernelOid::ecdsa_sha512: return of_kind(KernelKeyKind::ecdsa, {});
      case KernelOid::ecdsa_sha3_256:
      case KernelOid::ecdsa_sha3_384:
      case KernelOid::ecdsa_sha3_512: return of_kind(KernelKeyKind::ecdsa, "sha3-256");
      case KernelOid::ml_dsa: return of_kind(KernelKeyKind::ml_dsa, "ml-dsa");
      case KernelOid::sm2_sm3: return of_kind(KernelKeyKind::sm2, "sm2");
      case KernelOid::gost_key_256:
      case KernelOid::gost_key_512: return of_kind(KernelKeyKind::ecrdsa, "ecrdsa");
      default:
        return refuse("the signature is of a method that no kernel knows", KernelErrno::enopkg);
    }
  }

  KernelErrno of_kind(KernelKeyKind kind, std::string_view need) {
    signer_.signature.kind = kind;
    add_need(message.needs, need);
    return KernelErrno::none;
  }

  KernelErrno note_attribute(const Element& element) {
    switch (last_oid_) {
      case KernelOid::content_type:
        if (!once(last_oid_)) break;
        return kernel_oid(element.value) == content_type_ ? KernelErrno::none
                                                          : bad_attributes(KernelErrno::ebadmsg);
      case KernelOid::signing_time:
        if (!once(last_oid_)) break;
        signer_.signing_time = kernel_time(element.tag, element.value);
        return signer_.signing_time ? KernelErrno::none : bad_attributes(KernelErrno::ebadmsg);
      case KernelOid::message_digest:
        if (!once(last_oid_)) break;
        signer_.message_digest = element.value;
        return element.tag == kernel_asn1::octet_string ? KernelErrno::none
                                                        : bad_attributes(KernelErrno::ebadmsg);
      case KernelOid::smime_capabilities:
      case KernelOid::ms_opus_info:
      case KernelOid::ms_statement_type:
        if (!once(last_oid_) || content_type_ != KernelOid::ms_indirect_data) break;
        return KernelErrno::none;
      default: return KernelErrno::none;
    }
    return bad_attributes(KernelErrno::ekeyrejected);
  }

  KernelErrno bad_attributes(KernelErrno error) {
    return refuse("the signature has signed attributes that no kernel takes", error);
  }

  bool once(KernelOid attribute) {
    if (std::ranges::find(attributes_, attribute) != attributes_.end()) return false;
    attributes_.push_back(attribute);
    return true;
  }

  KernelErrno note_attributes(std::string_view whole) {
    for (const KernelOid needed : {KernelOid::content_type, KernelOid::message_digest}) {
      if (std::ranges::find(attributes_, needed) == attributes_.end())
        return bad_attributes(KernelErrno::ebadmsg);
    }
    signer_.has_attributes = true;
    signer_.attributes = whole;
    return KernelErrno::none;
  }

  KernelErrno note_signer() {
    if (content_type_ == KernelOid::ms_indirect_data && !signer_.has_attributes)
      return bad_attributes(KernelErrno::ebadmsg);
    signer_.id = version_ == 1 ? std::string(serial_) + std::string(issuer_) : std::string(key_id_);
    message.signers.push_back(std::exchange(signer_, {}));
    attributes_.clear();
    return KernelErrno::none;
  }

  KernelOid last_oid_ = KernelOid::unknown;
  KernelOid content_type_ = KernelOid::unknown;
  char version_ = 0;
  bool has_content_ = false;
  std::vector<KernelCertificate> certificates_;
  KernelSigner signer_;
  std::vector<KernelOid> attributes_;  ///< Of this signer, at most six.
  std::string_view serial_;
  std::string_view issuer_;
  std::string_view key_id_;
};

}  // namespace

std::expected<KernelMessage, KernelRefusal> parse_kernel_message(std::string_view der) {
  Pkcs7Reader reader;
  KernelErrno error = kernel_asn1::decode(kernel_pkcs7::message, der, reader);
  if (error == KernelErrno::none) error = reader.finish();
  if (error == KernelErrno::none) return std::move(reader.message);
  if (error == KernelErrno::emsgsize)
    reader.reason = "the signature is longer than the 65535 bytes that a kernel takes";
  if (reader.reason.empty()) reader.reason = "the signature is not DER-encoded PKCS#7";
  return std::unexpected(
      KernelRefusal{error, std::move(reader.reason), std::move(reader.message.needs)});
}

}  // namespace kmodsec
