// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/signatures/module_signature.hpp"

#include <openssl/err.h>
#include <openssl/objects.h>

#include <algorithm>
#include <cstdint>

#include "base/byte_reader.hpp"
#include "base/text.hpp"
#include "format/files/openssl.hpp"
#include "format/signatures/kernel_asn1.hpp"

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

/// What modinfo(8) shows, which reads a message by OpenSSL, whatever a kernel makes of it.
void read_fields(std::string_view der, Signature& signature) {
  if (der.size() > kernel_asn1::longest_message) return;
  const openssl::Cms cms = read_cms(der);
  const STACK_OF(CMS_SignerInfo)* signers = cms ? CMS_get0_SignerInfos(cms.get()) : nullptr;
  if (signers != nullptr && sk_CMS_SignerInfo_num(signers) > 0) {
    signature.id_type = "PKCS#7";
    read_signer(sk_CMS_SignerInfo_value(signers, 0), signature);
  }
  ERR_clear_error();
}

Signature malformed(const KernelRefusal& refusal) {
  return {.form = SignatureForm::malformed,
          .reason = refusal.reason + " (" + std::string(to_string(refusal.error)) + ")",
          .error = refusal.error,
          .needs = refusal.needs};
}

/// Where OpenSSL reads nothing, the message tells what is shown.
void complete_fields(const KernelMessage& message, Signature& signature) {
  signature.form = SignatureForm::present;
  signature.needs = message.needs;
  for (const KernelSigner& signer : message.signers)
    add_need(signature.digests, digest_name(signer.signature.digest));
  if (!signature.id_type.empty()) return;
  signature.id_type = "PKCS#7";
  const KernelSigner& first = message.signers.front();
  signature.key_id = openssl::colon_hex(first.id);
  signature.hash_algorithm = digest_name(first.signature.digest);
  signature.value = openssl::colon_hex(first.signature.value);
}

}  // namespace

std::uint64_t appended_size(std::string_view end) {
  if (!end.ends_with(magic) || end.size() < signature_trailer_size) return 0;
  const std::string_view trailer = end.substr(end.size() - signature_trailer_size);
  return signature_trailer_size +
         *ByteReader(trailer, std::endian::big).integer<std::uint32_t>(length_at);
}

std::optional<KernelRefusal> refusal_of_trailer(std::string_view module) {
  module.remove_suffix(magic.size());
  if (module.size() <= trailer_size)
    return KernelRefusal{KernelErrno::ebadmsg, "the signature trailer is cut off", {}};
  const std::string_view trailer = module.substr(module.size() - trailer_size);
  const std::uint64_t length =
      *ByteReader(trailer, std::endian::big).integer<std::uint32_t>(length_at);
  if (length >= module.size() - trailer_size)
    return KernelRefusal{KernelErrno::ebadmsg, "the signature is said to be all of the module", {}};
  if (trailer[id_type_at] != id_type_pkcs7)
    return KernelRefusal{
        KernelErrno::enopkg, "the signature is of a type that no kernel takes", {}};
  std::string others(trailer.substr(0, length_at));
  others[id_type_at] = 0;
  if (others.find_first_not_of('\0') != std::string::npos)
    return KernelRefusal{
        KernelErrno::ebadmsg, "the signature trailer is one that a kernel refuses", {}};
  if (length == 0) return KernelRefusal{KernelErrno::ebadmsg, "the signature is empty", {}};
  return std::nullopt;
}

std::optional<SignedParts> split_signature(std::string_view module) {
  if (!module.ends_with(magic) || module.size() == magic.size()) return std::nullopt;
  const bool is_refused = refusal_of_trailer(module).has_value();
  module.remove_suffix(magic.size());
  if (module.size() < trailer_size) return SignedParts{module, {}};
  const std::string_view trailer = module.substr(module.size() - trailer_size);
  module.remove_suffix(trailer_size);
  if (is_refused) return SignedParts{module, {}};
  const auto length = *ByteReader(trailer, std::endian::big).integer<std::uint32_t>(length_at);
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
    signature.fields_ = malformed(*refusal_of_trailer(module));
    return signature;
  }
  auto message = parse_kernel_message(parts->cms);
  if (!message) signature.fields_ = malformed(message.error());
  read_fields(parts->cms, signature.fields_);
  if (message) {
    signature.message_ = std::move(*message);
    complete_fields(signature.message_, signature.fields_);
  }
  return signature;
}

std::vector<SignerCheck> ModuleSignature::check(const SignerCertificates& certificates,
                                                std::string_view payload_sha256) const {
  if (fields_.form != SignatureForm::present) return {};
  ContentDigests digests(payload_, payload_sha256);
  return certificates.check(message_, digests);
}

}  // namespace kmodsec
