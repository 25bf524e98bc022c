// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/module_signature.hpp"

#include <openssl/err.h>
#include <openssl/objects.h>

#include <algorithm>
#include <cstdint>

#include "base/byte_reader.hpp"
#include "base/text.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view magic = "~Module signature appended~\n";
constexpr std::size_t trailer_size = 12;
static_assert(magic.size() + trailer_size == signature_trailer_size);
constexpr std::size_t id_type_at = 2;
constexpr std::size_t length_at = 8;
constexpr char id_type_pkcs7 = 2;

std::string algorithm_name(const X509_ALGOR* algorithm) {
  const ASN1_OBJECT* object = nullptr;
  X509_ALGOR_get0(&object, nullptr, nullptr, algorithm);
  std::string name(80, '\0');
  const int length = OBJ_obj2txt(name.data(), static_cast<int>(name.size()), object, 0);
  name.resize(static_cast<std::size_t>(std::clamp(length, 0, 79)));
  return name;
}

void read_signer(CMS_SignerInfo* signer, Signature& signature) {
  ASN1_OCTET_STRING* key_id = nullptr;
  X509_NAME* issuer = nullptr;
  ASN1_INTEGER* serial = nullptr;
  CMS_SignerInfo_get0_signer_id(signer, &key_id, &issuer, &serial);
  if (issuer != nullptr) signature.signer = openssl::common_name(issuer);
  if (serial != nullptr) signature.key_id = openssl::colon_hex(openssl::serial_bytes(serial));
  if (key_id != nullptr) signature.key_id = openssl::colon_hex(openssl::bytes_of(key_id));

  X509_ALGOR* digest = nullptr;
  CMS_SignerInfo_get0_algs(signer, nullptr, nullptr, &digest, nullptr);
  if (digest != nullptr) signature.hash_algorithm = algorithm_name(digest);
  signature.value = openssl::colon_hex(openssl::bytes_of(CMS_SignerInfo_get0_signature(signer)));
}

openssl::Cms read_cms(std::string_view der) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  CMS_ContentInfo* cms = CMS_ContentInfo_new_ex(openssl::library(), nullptr);
  const bool read = d2i_CMS_ContentInfo(&cms, &at, static_cast<long>(der.size())) != nullptr;
  openssl::Cms owned(cms);
  return read ? std::move(owned) : nullptr;
}

/// Why the kernel refuses such a message as a module's signature, whoever signed it.
std::string_view refusal(CMS_ContentInfo* cms) {
  const STACK_OF(CMS_SignerInfo)* signers = CMS_get0_SignerInfos(cms);
  if (signers == nullptr) return "the signature is not signed data";
  if (sk_CMS_SignerInfo_num(signers) < 1) return "the signature names no signer";
  if (OBJ_obj2nid(CMS_get0_eContentType(cms)) != NID_pkcs7_data)
    return "the signature is for another kind of content";
  if (CMS_is_detached(cms) != 1) return "the signature holds a content of its own";
  for (int i = 0; i < sk_CMS_SignerInfo_num(signers); ++i) {
    if (CMS_signed_get_attr_count(sk_CMS_SignerInfo_value(signers, i)) >= 0)
      return "the signature has signed attributes, which no kernel accepts on a module";
  }
  return {};
}

Signature malformed(std::string_view reason) {
  return {.form = SignatureForm::malformed, .reason = std::string(reason)};
}

}  // namespace

std::uint64_t appended_size(std::string_view end) {
  if (!end.ends_with(magic) || end.size() < signature_trailer_size) return 0;
  const std::string_view trailer = end.substr(end.size() - signature_trailer_size);
  return signature_trailer_size +
         *ByteReader(trailer, std::endian::big).integer<std::uint32_t>(length_at);
}

std::optional<SignedParts> split_signature(std::string_view module) {
  if (!module.ends_with(magic)) return std::nullopt;
  module.remove_suffix(magic.size());
  if (module.size() < trailer_size) return SignedParts{module, {}};

  const std::string_view trailer = module.substr(module.size() - trailer_size);
  module.remove_suffix(trailer_size);
  const std::uint64_t length =
      *ByteReader(trailer, std::endian::big).integer<std::uint32_t>(length_at);
  std::string others(trailer.substr(0, length_at));
  const bool is_pkcs7 = others[id_type_at] == id_type_pkcs7;
  others[id_type_at] = 0;
  const bool others_zero = others.find_first_not_of('\0') == std::string::npos;
  if (!is_pkcs7 || !others_zero || length == 0 || length > module.size())
    return SignedParts{module, {}};
  return SignedParts{module.substr(0, module.size() - length),
                     module.substr(module.size() - length)};
}

ModuleSignature ModuleSignature::parse(std::string_view module) {
  ModuleSignature signature;
  signature.payload_ = module;
  const auto parts = split_signature(module);
  if (!parts) return signature;
  signature.payload_ = parts->payload;
  if (parts->cms.empty()) {
    signature.fields_ = malformed("the signature trailer is one that a kernel refuses");
    return signature;
  }
  signature.cms_ = read_cms(parts->cms);
  const std::string_view refused =
      signature.cms_ ? refusal(signature.cms_.get()) : "the signature is not DER-encoded PKCS#7";
  if (!refused.empty()) signature.fields_ = malformed(refused);
  const STACK_OF(CMS_SignerInfo)* signers =
      signature.cms_ ? CMS_get0_SignerInfos(signature.cms_.get()) : nullptr;
  if (signers != nullptr && sk_CMS_SignerInfo_num(signers) > 0) {
    signature.fields_.id_type = "PKCS#7";
    read_signer(sk_CMS_SignerInfo_value(signers, 0), signature.fields_);
    if (refused.empty()) signature.fields_.form = SignatureForm::present;
  }
  ERR_clear_error();
  return signature;
}

std::vector<SignerCheck> ModuleSignature::check(const SignerCertificates& certificates,
                                                std::string_view payload_sha256) const {
  std::vector<SignerCheck> checks;
  if (fields_.form != SignatureForm::present) return checks;
  const SignedContent content{payload_, payload_sha256};
  const STACK_OF(CMS_SignerInfo)* signers = CMS_get0_SignerInfos(cms_.get());
  for (int i = 0; i < sk_CMS_SignerInfo_num(signers); ++i)
    checks.push_back(certificates.check(sk_CMS_SignerInfo_value(signers, i), cms_.get(), content));
  ERR_clear_error();
  return checks;
}

}  // namespace kmodsec
