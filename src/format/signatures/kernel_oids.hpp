// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace kmodsec {

/// The object identifiers that decide what a kernel makes of a signature (linux:
/// include/linux/oid_registry.h). Others are all `unknown` to it, and to us.
enum class KernelOid : std::uint8_t {
  unknown,
  data,
  signed_data,
  ms_indirect_data,
  ms_statement_type,
  ms_opus_info,
  content_type,
  message_digest,
  signing_time,
  smime_capabilities,
  md4,
  md5,
  sha1,
  sha224,
  sha256,
  sha384,
  sha512,
  sha3_256,
  sha3_384,
  sha3_512,
  shake128,
  shake256,
  sm3,
  streebog256,
  streebog512,
  rsa,
  rsa_md4,  ///< What the kernel calls so; everybody else calls it MD5 with RSA.
  rsa_sha1,
  rsa_sha224,
  rsa_sha256,
  rsa_sha384,
  rsa_sha512,
  rsa_sha3_256,
  rsa_sha3_384,
  rsa_sha3_512,
  ecdsa_sha1,
  ecdsa_sha224,
  ecdsa_sha256,
  ecdsa_sha384,
  ecdsa_sha512,
  ecdsa_sha3_256,
  ecdsa_sha3_384,
  ecdsa_sha3_512,
  ec_key,
  p192,
  p256,
  p384,
  p521,
  sm2,
  sm2_sm3,
  ml_dsa,
  gost_key_256,
  gost_key_512,
  gost_256,
  gost_512,
  common_name,
  subject_key_id,
  key_usage,
  basic_constraints,
  authority_key_id,
};

/// Finds an object identifier by the bytes of its value.
KernelOid kernel_oid(std::string_view value);

/// The kernel's name of a digest, as "sha3-256"; empty when it is none.
std::string_view digest_name(KernelOid oid);

}  // namespace kmodsec
