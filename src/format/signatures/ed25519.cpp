// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/signatures/ed25519.hpp"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <memory>

#include "base/text.hpp"
#include "format/files/digest.hpp"
#include "format/files/openssl.hpp"

namespace kmodsec {
namespace {

using Key = std::unique_ptr<EVP_PKEY, openssl::Releaser<EVP_PKEY, EVP_PKEY_free>>;
using Context = std::unique_ptr<EVP_MD_CTX, openssl::Releaser<EVP_MD_CTX, EVP_MD_CTX_free>>;
using Memory = std::unique_ptr<BIO, openssl::Releaser<BIO, BIO_free_all>>;

constexpr std::size_t ed25519_key_size = 32;
constexpr std::size_t signature_size = 64;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

/// A file with a pass phrase is none that a service could use.
int no_pass_phrase(char*, int, int, void*) { return -1; }

template <class Read>
Result<Key> read_key(std::string_view pem, Read read, const char* what) {
  const Memory memory(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  Key key(read(memory.get(), nullptr, no_pass_phrase, nullptr));
  ERR_clear_error();
  if (!key || EVP_PKEY_get_id(key.get()) != EVP_PKEY_ED25519)
    return failure(ErrorKind::malformed, "", std::string("no ") + what + " Ed25519 key in PEM");
  return key;
}

std::string fingerprint(EVP_PKEY* key) {
  std::string raw(ed25519_key_size, '\0');
  std::size_t length = raw.size();
  EVP_PKEY_get_raw_public_key(key, reinterpret_cast<unsigned char*>(raw.data()), &length);
  return hex_digest(Digest::sha256, raw);
}

}  // namespace

Result<Ed25519Signature> sign_text(std::string_view private_key_pem, std::string_view text) {
  const auto key = read_key(private_key_pem, PEM_read_bio_PrivateKey, "private");
  if (!key) return std::unexpected(key.error());
  const Context context(EVP_MD_CTX_new());
  std::string signature(signature_size, '\0');
  std::size_t length = signature.size();
  const bool signed_ =
      EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key->get()) == 1 &&
      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &length,
                     bytes_of(text), text.size()) == 1;
  ERR_clear_error();
  if (!signed_) return failure(ErrorKind::io, "", "OpenSSL could not sign");
  return Ed25519Signature{fingerprint(key->get()), to_hex(signature)};
}

Result<std::string> fingerprint_of_key(std::string_view public_key_pem) {
  const auto key = read_key(public_key_pem, PEM_read_bio_PUBKEY, "public");
  if (!key) return std::unexpected(key.error());
  return fingerprint(key->get());
}

Result<bool> signature_fits(std::string_view public_key_pem, std::string_view text,
                            const Ed25519Signature& made) {
  const auto key = read_key(public_key_pem, PEM_read_bio_PUBKEY, "public");
  if (!key) return std::unexpected(key.error());
  const auto signature = from_hex(made.signature);
  const Context context(EVP_MD_CTX_new());
  const bool fits =
      signature && made.key == fingerprint(key->get()) &&
      EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key->get()) == 1 &&
      EVP_DigestVerify(context.get(), bytes_of(*signature), signature->size(), bytes_of(text),
                       text.size()) == 1;
  ERR_clear_error();
  return fits;
}

}  // namespace kmodsec
