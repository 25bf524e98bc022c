// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/digest.hpp"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>

#include <array>

#include "base/text.hpp"

namespace kmodsec {
namespace {

/// A library context of our own: the host's openssl.cnf neither slows the start nor decides what
/// can be computed here.
OSSL_LIB_CTX* library() {
  static OSSL_LIB_CTX* const context = [] {
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_ADD_ALL_CIPHERS |
                            OPENSSL_INIT_NO_ADD_ALL_DIGESTS,
                        nullptr);
    return OSSL_LIB_CTX_new();
  }();
  return context;
}

const EVP_MD* type_of(Digest algorithm) {
  static const std::array<const EVP_MD*, 2> types = {EVP_MD_fetch(library(), "MD5", nullptr),
                                                     EVP_MD_fetch(library(), "SHA256", nullptr)};
  return types.at(algorithm == Digest::md5 ? 0 : 1);
}

}  // namespace

std::string hex_digest(Digest algorithm, std::string_view bytes) {
  std::string digest(EVP_MAX_MD_SIZE, '\0');
  unsigned int length = 0;
  const int done =
      EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(digest.data()),
                 &length, type_of(algorithm), nullptr);
  ERR_clear_error();
  if (done != 1) return {};
  return to_hex(std::string_view(digest).substr(0, length));
}

}  // namespace kmodsec
