// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/files/digest.hpp"

#include <openssl/err.h>

#include <memory>

#include "base/text.hpp"
#include "format/files/openssl.hpp"

namespace kmodsec {
namespace {

using Context = std::unique_ptr<EVP_MD_CTX, openssl::Releaser<EVP_MD_CTX, EVP_MD_CTX_free>>;

std::string finish(EVP_MD_CTX* context) {
  std::string digest(EVP_MAX_MD_SIZE, '\0');
  unsigned int length = 0;
  const int done =
      EVP_DigestFinal_ex(context, reinterpret_cast<unsigned char*>(digest.data()), &length);
  digest.resize(done == 1 ? length : 0);
  return digest;
}

const EVP_MD* type_of(Digest algorithm) {
  static const EVP_MD* const md5 = openssl::digest_named("MD5");
  static const EVP_MD* const sha256 = openssl::digest_named("SHA256");
  return algorithm == Digest::md5 ? md5 : sha256;
}

}  // namespace

std::string hex_digest(Digest algorithm, std::string_view bytes) {
  const Context context(EVP_MD_CTX_new());
  const bool hashed = EVP_DigestInit_ex(context.get(), type_of(algorithm), nullptr) == 1 &&
                      EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()) == 1;
  ERR_clear_error();
  return hashed ? to_hex(finish(context.get())) : std::string{};
}

void Sha256::Release::operator()(evp_md_ctx_st* context) const { EVP_MD_CTX_free(context); }

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  EVP_DigestInit_ex(context_.get(), type_of(Digest::sha256), nullptr);
}

void Sha256::add(std::string_view bytes) {
  EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size());
}

std::string Sha256::hex() { return to_hex(finish(context_.get())); }

NestedDigests sha256_of_head_and_whole(std::string_view bytes, std::size_t head) {
  const std::string_view rest = bytes.substr(head);
  const Context whole(EVP_MD_CTX_new());
  const Context fork(EVP_MD_CTX_new());
  const bool hashed = EVP_DigestInit_ex(whole.get(), type_of(Digest::sha256), nullptr) == 1 &&
                      EVP_DigestUpdate(whole.get(), bytes.data(), head) == 1 &&
                      EVP_MD_CTX_copy_ex(fork.get(), whole.get()) == 1 &&
                      EVP_DigestUpdate(whole.get(), rest.data(), rest.size()) == 1;
  ERR_clear_error();
  if (!hashed) return {};
  return {finish(fork.get()), finish(whole.get())};
}

}  // namespace kmodsec
