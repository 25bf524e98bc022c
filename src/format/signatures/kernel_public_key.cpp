// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/signatures/kernel_public_key.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/param_build.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>

#include "format/files/openssl.hpp"
#include "format/signatures/kernel_asn1.hpp"
#include "format/signatures/ml_dsa.hpp"

namespace kmodsec {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;
using kernel_asn1::Element;
using kernel_asn1::Op;
using kernel_asn1::Step;

using Number = std::unique_ptr<BIGNUM, openssl::Releaser<BIGNUM, BN_free>>;
using Scratch = std::unique_ptr<BN_CTX, openssl::Releaser<BN_CTX, BN_CTX_free>>;
using EcSignature = std::unique_ptr<ECDSA_SIG, openssl::Releaser<ECDSA_SIG, ECDSA_SIG_free>>;
using Key = std::unique_ptr<EVP_PKEY, openssl::Releaser<EVP_PKEY, EVP_PKEY_free>>;
using Builder =
    std::unique_ptr<OSSL_PARAM_BLD, openssl::Releaser<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, openssl::Releaser<OSSL_PARAM, OSSL_PARAM_free>>;

const unsigned char* unsigned_bytes(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

Number number(std::string_view bytes) {
  return Number(BN_bin2bn(unsigned_bytes(bytes), static_cast<int>(bytes.size()), nullptr));
}

enum Pair : unsigned char { first_number = 1, second_number };

/// Two integers in a sequence: modulus and exponent of an RSA key, or r and s of ECDSA.
constexpr std::array two_numbers = {
    Step{.tag = kernel_asn1::sequence},
    Step{.tag = kernel_asn1::integer, .action = first_number},
    Step{.tag = kernel_asn1::integer, .action = second_number},
    Step{.op = Op::end},
};

class TwoNumbers final : public kernel_asn1::Actions {
 public:
  explicit TwoNumbers(std::size_t longest) : longest_(longest) {}

  KernelErrno act(unsigned char action, const Element& element) override {
    std::string_view value = element.value;
    if (value.empty()) return KernelErrno::einval;
    if (longest_ != 0 && value.size() > longest_) {
      if (value.size() > longest_ + 1 || value.front() != 0) return KernelErrno::einval;
      value.remove_prefix(1);
    }
    if (longest_ == 0 && action == second_number && value.size() > first.size())
      return KernelErrno::einval;
    (action == first_number ? first : second) = value;
    return KernelErrno::none;
  }

  std::string_view first;
  std::string_view second;

 private:
  std::size_t longest_;
};

/// What stands before the digest in a padded message (RFC 8017, 9.2, note 1).
std::optional<std::string_view> digest_info(KernelOid digest) {
  switch (digest) {
    case KernelOid::md5:
      return "\x30\x20\x30\x0c\x06\x08\x2a\x86\x48\x86\xf7\x0d\x02\x05\x05\x00\x04\x10"sv;
    case KernelOid::sha1: return "\x30\x21\x30\x09\x06\x05\x2b\x0e\x03\x02\x1a\x05\x00\x04\x14"sv;
    case KernelOid::sha224:
      return "\x30\x2d\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x04\x05\x00\x04\x1c"sv;
    case KernelOid::sha256:
      return "\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20"sv;
    case KernelOid::sha384:
      return "\x30\x41\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x02\x05\x00\x04\x30"sv;
    case KernelOid::sha512:
      return "\x30\x51\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x03\x05\x00\x04\x40"sv;
    case KernelOid::sha3_256:
      return "\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x08\x05\x00\x04\x20"sv;
    case KernelOid::sha3_384:
      return "\x30\x41\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x09\x05\x00\x04\x30"sv;
    case KernelOid::sha3_512:
      return "\x30\x51\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x0a\x05\x00\x04\x40"sv;
    default: return std::nullopt;
  }
}

std::string_view without_leading_zeros(std::string_view bytes) {
  bytes.remove_prefix(std::min(bytes.find_first_not_of('\0'), bytes.size()));
  return bytes;
}

/// In bytes, of those that a kernel takes; 0 for others. It counts in words of eight bytes.
std::size_t rsa_size(std::string_view modulus) {
  constexpr std::size_t word = 8;
  const std::size_t size = (modulus.size() + word - 1) / word * word;
  constexpr std::array<std::size_t, 6> accepted = {64, 128, 192, 256, 384, 512};
  return std::ranges::find(accepted, size) == accepted.end() ? 0 : size;
}

/// signature ^ exponent mod modulus, in `size` bytes; empty when it is out of range.
std::string rsa_open(std::string_view modulus, std::string_view exponent, std::string_view value,
                     std::size_t size) {
  const Number n = number(modulus);
  const Number e = number(exponent);
  const Number s = number(value);
  const Number opened(BN_new());
  const Scratch scratch(BN_CTX_new());
  if (!n || !e || !s || !opened || !scratch || BN_cmp(s.get(), n.get()) >= 0) return {};
  if (BN_mod_exp(opened.get(), s.get(), e.get(), n.get(), scratch.get()) != 1) return {};
  std::string bytes(size, '\0');
  const int written = BN_bn2binpad(opened.get(), reinterpret_cast<unsigned char*>(bytes.data()),
                                   static_cast<int>(size));
  return written < 0 ? std::string() : bytes;
}

KernelErrno verify_rsa(const KernelPublicKey& key, const KernelSignature& signature,
                       std::string_view digest) {
  constexpr std::size_t largest = 2048;
  constexpr std::size_t fixed_bytes = 11;  // 00 01, eight times ff, 00
  const auto info = digest_info(signature.digest);
  if (!info) return KernelErrno::enoent;
  TwoNumbers numbers(0);
  const KernelErrno read = kernel_asn1::decode(two_numbers, key.bytes, numbers);
  if (read != KernelErrno::none) return read;
  const std::string_view modulus = without_leading_zeros(numbers.first);
  const std::string_view exponent = without_leading_zeros(numbers.second);
  if (modulus.size() > largest || exponent.size() > largest) return KernelErrno::enomem;
  const std::size_t size = rsa_size(modulus);
  if (size == 0 || signature.value.size() != size) return KernelErrno::einval;
  const std::size_t content = info->size() + digest.size();
  const std::string opened = rsa_open(modulus, exponent, signature.value, size);
  if (opened.empty()) return KernelErrno::einval;
  if (content + fixed_bytes > size) return KernelErrno::ebadmsg;
  const std::string start =
      "\0\1"s + std::string(size - content - 3, '\xff') + '\0' + std::string(*info);
  if (opened.front() != 0) return KernelErrno::einval;
  if (!opened.starts_with(start)) return KernelErrno::ebadmsg;
  return opened.ends_with(digest) ? KernelErrno::none : KernelErrno::ekeyrejected;
}

struct Curve {
  KernelOid oid;
  const char* name;
  std::size_t words;  ///< Of eight bytes, in which the kernel keeps a coordinate.
  std::size_t bytes;
};

constexpr std::array curves = {
    Curve{KernelOid::p192, "P-192", 3, 24},
    Curve{KernelOid::p256, "P-256", 4, 32},
    Curve{KernelOid::p384, "P-384", 6, 48},
    Curve{KernelOid::p521, "P-521", 9, 66},
};

/// 04, x, y with coordinates of as many words as the curve has, to the form of OpenSSL.
std::string point_of(std::string_view bytes, const Curve& curve) {
  constexpr std::size_t word = 8;
  const std::size_t half = bytes.size() / 2;
  if (bytes.size() % 2 != 1 || bytes.front() != 4 || (half + word - 1) / word != curve.words)
    return {};
  std::string point = "\4";
  for (std::string_view coordinate : {bytes.substr(1, half), bytes.substr(1 + half)}) {
    coordinate = without_leading_zeros(coordinate);
    if (coordinate.size() > curve.bytes) return {};
    point += std::string(curve.bytes - coordinate.size(), '\0');
    point += coordinate;
  }
  return point;
}

Key ec_key(const Curve& curve, const std::string& point) {
  const Builder builder(OSSL_PARAM_BLD_new());
  if (!builder) return nullptr;
  OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, curve.name, 0);
  OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                   point.size());
  const Parameters parameters(OSSL_PARAM_BLD_to_param(builder.get()));
  const openssl::KeyContext context(EVP_PKEY_CTX_new_from_name(openssl::library(), "EC", nullptr));
  EVP_PKEY* key = nullptr;
  if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1) return nullptr;
  EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get());
  return Key(key);
}

/// r and s in the one form that OpenSSL takes; empty when a kernel takes them in no form.
std::string normal_form(const TwoNumbers& numbers) {
  Number r = number(numbers.first);
  Number s = number(numbers.second);
  const EcSignature signature(ECDSA_SIG_new());
  if (!r || !s || !signature) return {};
  ECDSA_SIG_set0(signature.get(), r.release(), s.release());
  unsigned char* der = nullptr;
  const int length = i2d_ECDSA_SIG(signature.get(), &der);
  if (length <= 0) return {};
  std::string bytes(reinterpret_cast<const char*>(der), static_cast<std::size_t>(length));
  OPENSSL_free(der);
  return bytes;
}

bool is_for_ecdsa(KernelOid digest) {
  const std::string_view name = digest_name(digest);
  return name.starts_with("sha") && !name.empty();
}

KernelErrno verify_ecdsa(const KernelPublicKey& key, const KernelSignature& signature,
                         std::string_view digest) {
  constexpr std::size_t word = 8;
  if (!is_for_ecdsa(signature.digest)) return KernelErrno::einval;
  const auto* const curve = std::ranges::find(curves, key.curve, &Curve::oid);
  if (curve == curves.end() || key.bytes.empty()) return KernelErrno::einval;
  const std::string point = point_of(key.bytes, *curve);
  const Key loaded = point.empty() ? nullptr : ec_key(*curve, point);
  if (!loaded) return KernelErrno::einval;
  TwoNumbers numbers(curve->words * word);
  const KernelErrno read = kernel_asn1::decode(two_numbers, signature.value, numbers);
  if (read != KernelErrno::none) return read;
  const std::string value = normal_form(numbers);
  const openssl::KeyContext context(
      EVP_PKEY_CTX_new_from_pkey(openssl::library(), loaded.get(), nullptr));
  if (!context || EVP_PKEY_verify_init(context.get()) != 1) return KernelErrno::einval;
  const int good = EVP_PKEY_verify(context.get(), unsigned_bytes(value), value.size(),
                                   unsigned_bytes(digest), digest.size());
  return good == 1 ? KernelErrno::none : KernelErrno::ekeyrejected;
}

}  // namespace

std::optional<std::string> compute_digest(KernelOid digest, std::string_view bytes) {
  const std::string name(digest_name(digest));
  const EVP_MD* type = name.empty() ? nullptr : openssl::digest_named(name.c_str());
  if (type == nullptr) return std::nullopt;
  std::string result(EVP_MAX_MD_SIZE, '\0');
  unsigned int length = 0;
  const int done =
      EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(result.data()),
                 &length, type, nullptr);
  ERR_clear_error();
  if (done != 1) return std::nullopt;
  result.resize(length);
  return result;
}

std::optional<std::string> to_verify(const KernelSignature& signature, std::string_view bytes) {
  if (signature.kind == KernelKeyKind::ml_dsa) return std::string(bytes);
  return compute_digest(signature.digest, bytes);
}

std::optional<KernelErrno> verify(const KernelPublicKey& key, const KernelSignature& signature,
                                  std::string_view digest) {
  if (key.kind != signature.kind) return KernelErrno::ekeyrejected;
  if (key.kind == KernelKeyKind::ml_dsa) return verify_ml_dsa(key.bytes, signature.value, digest);
  if (key.kind != KernelKeyKind::rsa && key.kind != KernelKeyKind::ecdsa) return std::nullopt;
  const KernelErrno answer = key.kind == KernelKeyKind::rsa ? verify_rsa(key, signature, digest)
                                                            : verify_ecdsa(key, signature, digest);
  ERR_clear_error();
  return answer;
}

}  // namespace kmodsec
