// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/module_signature.hpp"

#include <openssl/bn.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/x509.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>

#include "base/byte_reader.hpp"
#include "base/text.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view magic = "~Module signature appended~\n";
constexpr std::size_t trailer_size = 12;
constexpr std::size_t id_type_at = 2;
constexpr std::size_t length_at = 8;
constexpr char id_type_pkcs7 = 2;

template <class T, void (*release)(T*)>
struct Releaser {
  void operator()(T* pointer) const { release(pointer); }
};
using Cms = std::unique_ptr<CMS_ContentInfo, Releaser<CMS_ContentInfo, CMS_ContentInfo_free>>;
using Number = std::unique_ptr<BIGNUM, Releaser<BIGNUM, BN_free>>;

/// "66:F5:4E", as modinfo(8) prints keys and signatures.
std::string colon_hex(std::string_view bytes) {
  std::string hex;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i > 0) hex += ':';
    hex += to_hex(bytes.substr(i, 1));
  }
  std::ranges::transform(hex, hex.begin(),
                         [](char c) { return c >= 'a' ? static_cast<char>(c - 32) : c; });
  return hex;
}

std::string_view bytes_of(const ASN1_STRING* string) {
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(string)),
          static_cast<std::size_t>(ASN1_STRING_length(string))};
}

std::string serial_bytes(const ASN1_INTEGER* serial) {
  const Number number(ASN1_INTEGER_to_BN(serial, nullptr));
  if (!number) return {};
  std::string bytes(static_cast<std::size_t>(BN_num_bytes(number.get())), '\0');
  BN_bn2bin(number.get(), reinterpret_cast<unsigned char*>(bytes.data()));
  return bytes;
}

std::string common_name(const X509_NAME* name) {
  const int at = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
  if (at < 0) return {};
  return utf8_text(bytes_of(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at))));
}

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
  if (issuer != nullptr) signature.signer = common_name(issuer);
  if (serial != nullptr) signature.key_id = colon_hex(serial_bytes(serial));
  if (key_id != nullptr) signature.key_id = colon_hex(bytes_of(key_id));

  X509_ALGOR* digest = nullptr;
  CMS_SignerInfo_get0_algs(signer, nullptr, nullptr, &digest, nullptr);
  if (digest != nullptr) signature.hash_algorithm = algorithm_name(digest);
  signature.value = colon_hex(bytes_of(CMS_SignerInfo_get0_signature(signer)));
}

Signature malformed(std::string reason) {
  return {.status = SignatureStatus::malformed, .reason = std::move(reason)};
}

}  // namespace

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

Signature parse_module_signature(std::string_view module) {
  const auto parts = split_signature(module);
  if (!parts) return {.status = SignatureStatus::unsigned_};
  if (parts->cms.empty()) return malformed("the signature trailer is one that a kernel refuses");

  const auto* der = reinterpret_cast<const unsigned char*>(parts->cms.data());
  const Cms cms(d2i_CMS_ContentInfo(nullptr, &der, static_cast<long>(parts->cms.size())));
  ERR_clear_error();
  if (!cms) return malformed("the signature is not DER-encoded PKCS#7");
  const STACK_OF(CMS_SignerInfo)* signers = CMS_get0_SignerInfos(cms.get());
  ERR_clear_error();
  if (signers == nullptr || sk_CMS_SignerInfo_num(signers) != 1)
    return malformed("the signature does not have exactly one signer");

  Signature signature{
      .status = SignatureStatus::unknown, .reason = "present, not verified", .id_type = "PKCS#7"};
  read_signer(sk_CMS_SignerInfo_value(signers, 0), signature);
  return signature;
}

}  // namespace kmodsec
