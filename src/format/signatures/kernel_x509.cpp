// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/signatures/kernel_x509.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "format/signatures/kernel_x509_patterns.hpp"

namespace kmodsec {
namespace {

using kernel_asn1::Element;

struct Method {
  KernelOid oid;
  KernelKeyKind kind;
  KernelOid digest;
};

/// How certificates are signed.
constexpr std::array methods = {
    Method{KernelOid::rsa_md4, KernelKeyKind::rsa, KernelOid::md4},
    Method{KernelOid::rsa_sha1, KernelKeyKind::rsa, KernelOid::sha1},
    Method{KernelOid::rsa_sha224, KernelKeyKind::rsa, KernelOid::sha224},
    Method{KernelOid::rsa_sha256, KernelKeyKind::rsa, KernelOid::sha256},
    Method{KernelOid::rsa_sha384, KernelKeyKind::rsa, KernelOid::sha384},
    Method{KernelOid::rsa_sha512, KernelKeyKind::rsa, KernelOid::sha512},
    Method{KernelOid::rsa_sha3_256, KernelKeyKind::rsa, KernelOid::sha3_256},
    Method{KernelOid::rsa_sha3_384, KernelKeyKind::rsa, KernelOid::sha3_384},
    Method{KernelOid::rsa_sha3_512, KernelKeyKind::rsa, KernelOid::sha3_512},
    Method{KernelOid::ecdsa_sha1, KernelKeyKind::ecdsa, KernelOid::sha1},
    Method{KernelOid::ecdsa_sha224, KernelKeyKind::ecdsa, KernelOid::sha224},
    Method{KernelOid::ecdsa_sha256, KernelKeyKind::ecdsa, KernelOid::sha256},
    Method{KernelOid::ecdsa_sha384, KernelKeyKind::ecdsa, KernelOid::sha384},
    Method{KernelOid::ecdsa_sha512, KernelKeyKind::ecdsa, KernelOid::sha512},
    Method{KernelOid::ecdsa_sha3_256, KernelKeyKind::ecdsa, KernelOid::sha3_256},
    Method{KernelOid::ecdsa_sha3_384, KernelKeyKind::ecdsa, KernelOid::sha3_384},
    Method{KernelOid::ecdsa_sha3_512, KernelKeyKind::ecdsa, KernelOid::sha3_512},
    Method{KernelOid::gost_256, KernelKeyKind::ecrdsa, KernelOid::streebog256},
    Method{KernelOid::gost_512, KernelKeyKind::ecrdsa, KernelOid::streebog512},
    Method{KernelOid::sm2_sm3, KernelKeyKind::sm2, KernelOid::sm3},
    Method{KernelOid::ml_dsa, KernelKeyKind::ml_dsa, KernelOid::unknown},
};

unsigned char byte(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

/// What a BIT STRING holds, if it is of whole bytes.
std::optional<std::string_view> whole_bits(std::string_view value) {
  if (value.empty() || value.front() != 0) return std::nullopt;
  return value.substr(1);
}

class X509Reader final : public kernel_asn1::Actions {
 public:
  KernelErrno act(unsigned char action, const Element& element) override {
    switch (action) {
      case kernel_x509::note_object_id: last_oid_ = kernel_oid(element.value); break;
      case kernel_x509::note_serial: serial_ = element.value; break;
      case kernel_x509::note_signature_method: return note_method();
      case kernel_x509::note_issuer: certificate.issuer = element.value; break;
      case kernel_x509::note_subject: note_subject(element.value); break;
      case kernel_x509::note_not_before: return note_time(element, certificate.valid_from);
      case kernel_x509::note_not_after: return note_time(element, certificate.valid_to);
      case kernel_x509::note_parameters:
        if (has_subject_ && !has_key_) parameters_ = element.whole;
        break;
      case kernel_x509::note_key: return note_key(element.value);
      case kernel_x509::note_extension: return note_extension(element.value);
      case kernel_x509::note_to_be_signed: certificate.to_be_signed = element.whole; break;
      case kernel_x509::note_signature: return note_signature(element.value);
      default: return note_authority(action, element);
    }
    return KernelErrno::none;
  }

  KernelErrno finish() {
    if (authority_) {
      const KernelErrno error = kernel_asn1::decode(kernel_x509::authority, *authority_, *this);
      if (error != KernelErrno::none) return error;
    }
    certificate.id = std::string(serial_) + std::string(certificate.issuer);
    return check_self_signed();
  }

  KernelCertificate certificate;

 private:
  KernelErrno note_method() {
    const auto* const found = std::ranges::find(methods, last_oid_, &Method::oid);
    if (found == methods.end()) return KernelErrno::enopkg;
    method_ = found->oid;
    certificate.signature.kind = found->kind;
    certificate.signature.digest = found->digest;
    add_need(certificate.needs, need_of(found->digest));
    return KernelErrno::none;
  }

  void note_subject(std::string_view value) {
    certificate.subject = value;
    has_subject_ = true;
  }

  static KernelErrno note_time(const Element& element, std::int64_t& time) {
    const auto read = kernel_time(element.tag, element.value);
    if (!read) return KernelErrno::ebadmsg;
    time = *read;
    return KernelErrno::none;
  }

  KernelErrno note_key(std::string_view value) {
    const KernelErrno error = note_key_method();
    if (error != KernelErrno::none) return error;
    const auto bits = whole_bits(value);
    if (!bits) return KernelErrno::ebadmsg;
    certificate.key.bytes = *bits;
    has_key_ = true;
    return KernelErrno::none;
  }

  KernelErrno note_key_method() {
    switch (last_oid_) {
      case KernelOid::rsa: certificate.key.kind = KernelKeyKind::rsa; return KernelErrno::none;
      case KernelOid::gost_key_256:
      case KernelOid::gost_key_512: return of_kind(KernelKeyKind::ecrdsa, "ecrdsa");
      case KernelOid::sm2: return of_kind(KernelKeyKind::sm2, "sm2");
      case KernelOid::ml_dsa: return of_kind(KernelKeyKind::ml_dsa, "ml-dsa");
      case KernelOid::ec_key: return note_curve();
      default: return KernelErrno::enopkg;
    }
  }

  KernelErrno of_kind(KernelKeyKind kind, std::string_view need) {
    certificate.key.kind = kind;
    add_need(certificate.needs, need);
    return KernelErrno::none;
  }

  /// The parameters must be one object identifier, with a length of one byte.
  KernelErrno note_curve() {
    if (parameters_.size() < 3 || byte(parameters_, 0) != kernel_asn1::object_id ||
        byte(parameters_, 1) != parameters_.size() - 2)
      return KernelErrno::ebadmsg;
    certificate.key.curve = kernel_oid(parameters_.substr(2));
    switch (certificate.key.curve) {
      case KernelOid::p192:
      case KernelOid::p256:
      case KernelOid::p384: return of_kind(KernelKeyKind::ecdsa, {});
      case KernelOid::p521: return of_kind(KernelKeyKind::ecdsa, "ecdsa-nist-p521");
      case KernelOid::sm2: return of_kind(KernelKeyKind::sm2, "sm2");
      default: return KernelErrno::enopkg;
    }
  }

  KernelErrno note_signature(std::string_view value) {
    if (last_oid_ != method_) return KernelErrno::einval;
    const auto bits = whole_bits(value);
    if (!bits) return KernelErrno::ebadmsg;
    certificate.signature.value = *bits;
    return KernelErrno::none;
  }

  KernelErrno note_extension(std::string_view value) {
    switch (last_oid_) {
      case KernelOid::subject_key_id: return note_key_id(value);
      case KernelOid::authority_key_id: authority_ = value; break;
      case KernelOid::key_usage: note_usage(value); break;
      case KernelOid::basic_constraints: note_constraints(value); break;
      default: break;
    }
    return KernelErrno::none;
  }

  KernelErrno note_key_id(std::string_view value) {
    if (certificate.key_id || value.size() < 3 || byte(value, 0) != kernel_asn1::octet_string ||
        byte(value, 1) != value.size() - 2)
      return KernelErrno::ebadmsg;
    certificate.key_id = value.substr(2);
    return KernelErrno::none;
  }

  /// A first octet of bits, perhaps a second; keyCertSign is the sixth of them.
  void note_usage(std::string_view value) {
    constexpr unsigned digital_signature = 0x80;
    constexpr unsigned key_cert_sign = 0x04;
    if (value.size() < 4 || byte(value, 0) != kernel_asn1::bit_string || byte(value, 2) >= 8) {
      add_need(certificate.needs, "odd-key-usage");
      return;
    }
    const bool has_sixth =
        (byte(value, 1) == 2 && byte(value, 2) <= 2) || (byte(value, 1) == 3 && value.size() > 4);
    if ((byte(value, 3) & digital_signature) != 0) certificate.signs_data = true;
    if (has_sixth && (byte(value, 3) & key_cert_sign) != 0) certificate.signs_certificates = true;
  }

  /// What later kernels refuse; of those, the older ones take all but the first.
  void note_constraints(std::string_view value) {
    if (value.size() < 2 || byte(value, 0) != kernel_asn1::sequence ||
        byte(value, 1) != value.size() - 2) {
      add_need(certificate.needs, "odd-basic-constraints");
      return;
    }
    const bool is_authority = value.size() >= 5 && byte(value, 2) == kernel_asn1::boolean &&
                              byte(value, 3) == 1 && byte(value, 4) == 0xff;
    if (is_authority) certificate.is_authority = true;
    if (byte(value, 1) != 0 && !is_authority) add_need(certificate.needs, "no-authority-told");
  }

  KernelErrno note_authority(unsigned char action, const Element& element) {
    switch (action) {
      case kernel_x509::note_issuer_key_id:
        if (!certificate.issuer_key_id) certificate.issuer_key_id = element.value;
        break;
      case kernel_x509::note_authority_name: authority_name_ = element.value; break;
      case kernel_x509::note_authority_serial:
        if (authority_name_ && !certificate.issuer_id)
          certificate.issuer_id = std::string(element.value) + std::string(*authority_name_);
        break;
      case kernel_x509::note_other_name: add_need(certificate.needs, "other-names"); break;
      default: break;
    }
    return KernelErrno::none;
  }

  /// A certificate that claims to be its own issuer is verified while it is read.
  KernelErrno check_self_signed() {
    if (certificate.subject != certificate.issuer) return KernelErrno::none;
    if (certificate.issuer_id || certificate.issuer_key_id) {
      const bool by_key = certificate.key_id && certificate.key_id == certificate.issuer_key_id;
      const bool by_name = certificate.issuer_id == certificate.id;
      if (!by_key && !by_name) return KernelErrno::none;
      if (by_key != by_name && certificate.issuer_id && certificate.issuer_key_id)
        return KernelErrno::ekeyrejected;
    }
    add_need(certificate.needs, need_of(certificate.key));
    const auto digest = to_verify(certificate.signature, certificate.to_be_signed);
    const auto answer = digest ? verify(certificate.key, certificate.signature, *digest)
                               : std::optional<KernelErrno>();
    certificate.self_signed = answer == KernelErrno::none;
    return answer.value_or(KernelErrno::none);
  }

  std::string_view serial_;
  std::string_view parameters_;
  std::optional<std::string_view> authority_;
  std::optional<std::string_view> authority_name_;
  KernelOid last_oid_ = KernelOid::unknown;
  KernelOid method_ = KernelOid::unknown;
  bool has_subject_ = false;
  bool has_key_ = false;
};

std::string reason_of(KernelErrno error) {
  switch (error) {
    case KernelErrno::enopkg: return "of a method that no kernel knows";
    case KernelErrno::ekeyrejected: return "whose own signature is wrong";
    case KernelErrno::einval: return "with a key or a signature that no kernel takes";
    default: return "that no kernel can read";
  }
}

}  // namespace

void add_need(std::vector<std::string>& needs, std::string_view need) {
  if (!need.empty() && std::ranges::find(needs, need) == needs.end()) needs.emplace_back(need);
}

std::string_view need_of(KernelOid digest) {
  switch (digest) {
    case KernelOid::sha224:
    case KernelOid::sha256:
    case KernelOid::sha384:
    case KernelOid::sha512: return {};
    default: return digest_name(digest);
  }
}

std::string_view need_of(const KernelPublicKey& key) {
  if (key.kind != KernelKeyKind::ecdsa) return {};
  switch (key.curve) {
    case KernelOid::p192: return "ecdsa-nist-p192";
    case KernelOid::p521: return "ecdsa-nist-p521";
    default: return "ecdsa";
  }
}

std::expected<KernelCertificate, KernelRefusal> parse_kernel_certificate(std::string_view der) {
  X509Reader reader;
  KernelErrno error = kernel_asn1::decode(kernel_x509::certificate, der, reader);
  if (error == KernelErrno::none) error = reader.finish();
  if (error != KernelErrno::none)
    return std::unexpected(KernelRefusal{error, "a certificate " + reason_of(error), {}});
  return std::move(reader.certificate);
}

}  // namespace kmodsec
