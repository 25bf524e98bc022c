// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/digest.hpp"

#include <openssl/err.h>
#include <openssl/evp.h>

#include "base/text.hpp"

namespace kmodsec {

std::string hex_digest(Digest algorithm, std::string_view bytes) {
  const EVP_MD* type = algorithm == Digest::md5 ? EVP_md5() : EVP_sha256();
  std::string digest(EVP_MAX_MD_SIZE, '\0');
  unsigned int length = 0;
  const int done =
      EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(digest.data()),
                 &length, type, nullptr);
  ERR_clear_error();
  if (done != 1) return {};
  return to_hex(std::string_view(digest).substr(0, length));
}

}  // namespace kmodsec
