// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/signatures/ml_dsa.hpp"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <cstddef>
#include <memory>

#include "format/files/openssl.hpp"

namespace kmodsec {
namespace {

using Key = std::unique_ptr<EVP_PKEY, openssl::Releaser<EVP_PKEY, EVP_PKEY_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, openssl::Releaser<EVP_MD_CTX, EVP_MD_CTX_free>>;
using Builder =
    std::unique_ptr<OSSL_PARAM_BLD, openssl::Releaser<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, openssl::Releaser<OSSL_PARAM, OSSL_PARAM_free>>;

const unsigned char* octets(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

/// The sizes of its public keys tell the parameter sets apart (FIPS 204, table 2).
const char* ml_dsa_name(std::size_t key_size) {
  switch (key_size) {
    case 1312: return "ML-DSA-44";
    case 1952: return "ML-DSA-65";
    case 2592: return "ML-DSA-87";
    default: return nullptr;
  }
}

Key ml_dsa_key(const char* name, std::string_view bytes) {
  const Builder builder(OSSL_PARAM_BLD_new());
  if (!builder || OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY,
                                                   bytes.data(), bytes.size()) != 1)
    return nullptr;
  const Parameters parameters(OSSL_PARAM_BLD_to_param(builder.get()));
  const openssl::KeyContext context(EVP_PKEY_CTX_new_from_name(openssl::library(), name, nullptr));
  EVP_PKEY* key = nullptr;
  if (!context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1)
    return nullptr;
  return Key(key);
}

}  // namespace

std::optional<KernelErrno> verify_ml_dsa(std::string_view key, std::string_view signature,
                                         std::string_view message) {
  const char* name = ml_dsa_name(key.size());
  if (name == nullptr) return KernelErrno::einval;
  const Key loaded = ml_dsa_key(name, key);
  const DigestContext context(EVP_MD_CTX_new());
  const bool can = loaded && context &&
                   EVP_DigestVerifyInit_ex(context.get(), nullptr, nullptr, openssl::library(),
                                           nullptr, loaded.get(), nullptr) == 1;
  std::optional<KernelErrno> answer;
  if (can) {
    const int good = EVP_DigestVerify(context.get(), octets(signature), signature.size(),
                                      octets(message), message.size());
    answer = good == 1 ? KernelErrno::none : KernelErrno::ekeyrejected;
  }
  ERR_clear_error();
  return answer;
}

}  // namespace kmodsec
