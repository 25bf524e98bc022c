// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/files/openssl.hpp"

#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/err.h>

#include <algorithm>
#include <map>
#include <mutex>

#include "base/text.hpp"

namespace kmodsec::openssl {
namespace {

using Number = std::unique_ptr<BIGNUM, Releaser<BIGNUM, BN_free>>;

}  // namespace

OSSL_LIB_CTX* library() {
  static OSSL_LIB_CTX* const context = [] {
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_LOAD_CRYPTO_STRINGS, nullptr);
    return OSSL_LIB_CTX_new();
  }();
  return context;
}

const EVP_MD* digest_named(const char* name) {
  static std::mutex mutex;
  static std::map<std::string, const EVP_MD*, std::less<>> known;
  const std::lock_guard lock(mutex);
  const auto found = known.find(std::string_view(name));
  if (found != known.end()) return found->second;
  const EVP_MD* digest = EVP_MD_fetch(library(), name, nullptr);
  ERR_clear_error();
  return known.emplace(name, digest).first->second;
}

std::string_view bytes_of(const ASN1_STRING* string) {
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(string)),
          static_cast<std::size_t>(ASN1_STRING_length(string))};
}

X509Ptr read_certificate(std::string_view der) {
  const auto* start = reinterpret_cast<const unsigned char*>(der.data());
  const unsigned char* at = start;
  X509* certificate = X509_new_ex(library(), nullptr);
  const bool read = d2i_X509(&certificate, &at, static_cast<long>(der.size())) != nullptr;
  ERR_clear_error();
  X509Ptr owned(certificate);
  const bool whole = read && static_cast<std::size_t>(at - start) == der.size();
  return whole ? std::move(owned) : nullptr;
}

std::string der_of(const X509* certificate) {
  unsigned char* der = nullptr;
  const int length = i2d_X509(certificate, &der);
  ERR_clear_error();
  if (length <= 0) return {};
  std::string bytes(reinterpret_cast<const char*>(der), static_cast<std::size_t>(length));
  OPENSSL_free(der);
  return bytes;
}

std::string colon_hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string hex(bytes.size() * 3, ':');
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    hex[3 * i] = digits[byte >> 4U];
    hex[3 * i + 1] = digits[byte & 0xFU];
  }
  if (!hex.empty()) hex.pop_back();
  return hex;
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

}  // namespace kmodsec::openssl
