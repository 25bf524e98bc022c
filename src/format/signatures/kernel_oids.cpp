// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/signatures/kernel_oids.hpp"

#include <algorithm>
#include <array>

namespace kmodsec {
namespace {

using namespace std::string_view_literals;

struct KnownOid {
  std::string_view value;
  KernelOid oid;
};

constexpr std::array known_oids = {
    KnownOid{"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01"sv, KernelOid::data},  // 1.2.840.113549.1.7.1
    KnownOid{"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"sv,
             KernelOid::signed_data},  // 1.2.840.113549.1.7.2
    KnownOid{"\x2b\x06\x01\x04\x01\x82\x37\x02\x01\x04"sv,
             KernelOid::ms_indirect_data},  // 1.3.6.1.4.1.311.2.1.4
    KnownOid{"\x2b\x06\x01\x04\x01\x82\x37\x02\x01\x0b"sv,
             KernelOid::ms_statement_type},  // 1.3.6.1.4.1.311.2.1.11
    KnownOid{"\x2b\x06\x01\x04\x01\x82\x37\x02\x01\x0c"sv,
             KernelOid::ms_opus_info},  // 1.3.6.1.4.1.311.2.1.12
    KnownOid{"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x03"sv,
             KernelOid::content_type},  // 1.2.840.113549.1.9.3
    KnownOid{"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x04"sv,
             KernelOid::message_digest},  // 1.2.840.113549.1.9.4
    KnownOid{"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x05"sv,
             KernelOid::signing_time},  // 1.2.840.113549.1.9.5
    KnownOid{"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x0f"sv,
             KernelOid::smime_capabilities},                         // 1.2.840.113549.1.9.15
    KnownOid{"\x2a\x86\x48\x86\xf7\x0d\x02\x04"sv, KernelOid::md4},  // 1.2.840.113549.2.4
    KnownOid{"\x2a\x86\x48\x86\xf7\x0d\x02\x05"sv, KernelOid::md5},  // 1.2.840.113549.2.5
    KnownOid{"\x2b\x0e\x03\x02\x1a"sv, KernelOid::sha1},             // 1.3.14.3.2.26
    KnownOid{"\x60\x86\x48\x01\x65\x03\x04\x02\x04"sv,
             KernelOid::sha224},  // 2.16.840.1.101.3.4.2.4
    KnownOid{"\x60\x86\x48\x01\x65\x03\x04\x02\x01"sv,
             KernelOid::sha256},  // 2.16.840.1.101.3.4.2.1
    KnownOid{"\x60\x86\x48\x01\x65\x03\x04\x02\x02"sv,
             KernelOid::sha384},  // 2.16.840.1.101.3.4.2.2
    KnownOid{"\x60\x86\x48\x01\x65\x03\x04\x02\x03"sv,
             KernelOid::sha512},  // 2.16.840.1.101.3.4.2.3
    KnownOid{"\x60\x86\x48\x01\x65\x03\x04\x02\x08"sv,
             KernelOid::sha3_256},  // 2.16.840.1.101.3.4.2.8
    KnownOid{"\x60\x86\x48\x01\x65\x03\x04\x02\x09"sv,
             KernelOid::sha3_384},  // 2.16.840.1.101.3.4.2.9
    KnownOid{"\x60\x86\x48\x01\x65\x03\x04\x02\x0a"sv,
             KernelOid::sha3_512},  // 2.16.840.1.101.3.4.2.10
    KnownOid{"\x60\x86\x48\x01\x65\x03\x04\x02\x0b"sv,
             KernelOid::shake128},  // 2.16.840.1.101.3.4.2.11
    KnownOid{"\x60\x86\x48\x01\x65\x03\x04\x02\x0c"sv,
             KernelOid::shake256},  // 2.16.840.1.101.3.4.2.12
    KnownOid{"\x60\x86\x48\x01\x65\x03\x04\x03\x11"sv,
             KernelOid::ml_dsa},  // 2.16.840.1.101.3.4.3.17
    KnownOid{"\x60\x86\x48\x01\x65\x03\x04\x03\x12"sv,
             KernelOid::ml_dsa},  // 2.16.840.1.101.3.4.3.18
    KnownOid{"\x60\x86\x48\x01\x65\x03\x04\x03\x13"sv,
             KernelOid::ml_dsa},                                     // 2.16.840.1.101.3.4.3.19
    KnownOid{"\x2a\x81\x1c\xcf\x55\x01\x83\x11"sv, KernelOid::sm3},  // 1.2.156.10197.1.401
    KnownOid{"\x2a\x85\x03\x07\x01\x01\x02\x02"sv, KernelOid::streebog256},  // 1.2.643.7.1.1.2.2
    KnownOid{"\x2a\x85\x03\x07\x01\x01\x02\x03"sv, KernelOid::streebog512},  // 1.2.643.7.1.1.2.3
    KnownOid{"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01"sv, KernelOid::rsa},      // 1.2.840.113549.1.1.1
    KnownOid{"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x04"sv, KernelOid::rsa_md4},  // 1.2.840.113549.1.1.4
    KnownOid{"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x05"sv,
             KernelOid::rsa_sha1},  // 1.2.840.113549.1.1.5
    KnownOid{"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0e"sv,
             KernelOid::rsa_sha224},  // 1.2.840.113549.1.1.14
    KnownOid{"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b"sv,
             KernelOid::rsa_sha256},  // 1.2.840.113549.1.1.11
    KnownOid{"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0c"sv,
             KernelOid::rsa_sha384},  // 1.2.840.113549.1.1.12
    KnownOid{"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0d"sv,
             KernelOid::rsa_sha512},  // 1.2.840.113549.1.1.13
    KnownOid{"\x60\x86\x48\x01\x65\x03\x04\x03\x0e"sv,
             KernelOid::rsa_sha3_256},  // 2.16.840.1.101.3.4.3.14
    KnownOid{"\x60\x86\x48\x01\x65\x03\x04\x03\x0f"sv,
             KernelOid::rsa_sha3_384},  // 2.16.840.1.101.3.4.3.15
    KnownOid{"\x60\x86\x48\x01\x65\x03\x04\x03\x10"sv,
             KernelOid::rsa_sha3_512},                                  // 2.16.840.1.101.3.4.3.16
    KnownOid{"\x2a\x86\x48\xce\x3d\x04\x01"sv, KernelOid::ecdsa_sha1},  // 1.2.840.10045.4.1
    KnownOid{"\x2a\x86\x48\xce\x3d\x04\x03\x01"sv, KernelOid::ecdsa_sha224},  // 1.2.840.10045.4.3.1
    KnownOid{"\x2a\x86\x48\xce\x3d\x04\x03\x02"sv, KernelOid::ecdsa_sha256},  // 1.2.840.10045.4.3.2
    KnownOid{"\x2a\x86\x48\xce\x3d\x04\x03\x03"sv, KernelOid::ecdsa_sha384},  // 1.2.840.10045.4.3.3
    KnownOid{"\x2a\x86\x48\xce\x3d\x04\x03\x04"sv, KernelOid::ecdsa_sha512},  // 1.2.840.10045.4.3.4
    KnownOid{"\x60\x86\x48\x01\x65\x03\x04\x03\x0a"sv,
             KernelOid::ecdsa_sha3_256},  // 2.16.840.1.101.3.4.3.10
    KnownOid{"\x60\x86\x48\x01\x65\x03\x04\x03\x0b"sv,
             KernelOid::ecdsa_sha3_384},  // 2.16.840.1.101.3.4.3.11
    KnownOid{"\x60\x86\x48\x01\x65\x03\x04\x03\x0c"sv,
             KernelOid::ecdsa_sha3_512},                                 // 2.16.840.1.101.3.4.3.12
    KnownOid{"\x2a\x86\x48\xce\x3d\x02\x01"sv, KernelOid::ec_key},       // 1.2.840.10045.2.1
    KnownOid{"\x2a\x86\x48\xce\x3d\x03\x01\x01"sv, KernelOid::p192},     // 1.2.840.10045.3.1.1
    KnownOid{"\x2a\x86\x48\xce\x3d\x03\x01\x07"sv, KernelOid::p256},     // 1.2.840.10045.3.1.7
    KnownOid{"\x2b\x81\x04\x00\x22"sv, KernelOid::p384},                 // 1.3.132.0.34
    KnownOid{"\x2b\x81\x04\x00\x23"sv, KernelOid::p521},                 // 1.3.132.0.35
    KnownOid{"\x2a\x81\x1c\xcf\x55\x01\x82\x2d"sv, KernelOid::sm2},      // 1.2.156.10197.1.301
    KnownOid{"\x2a\x81\x1c\xcf\x55\x01\x83\x75"sv, KernelOid::sm2_sm3},  // 1.2.156.10197.1.501
    KnownOid{"\x2a\x85\x03\x07\x01\x01\x01\x01"sv, KernelOid::gost_key_256},  // 1.2.643.7.1.1.1.1
    KnownOid{"\x2a\x85\x03\x07\x01\x01\x01\x02"sv, KernelOid::gost_key_512},  // 1.2.643.7.1.1.1.2
    KnownOid{"\x2a\x85\x03\x07\x01\x01\x03\x02"sv, KernelOid::gost_256},      // 1.2.643.7.1.1.3.2
    KnownOid{"\x2a\x85\x03\x07\x01\x01\x03\x03"sv, KernelOid::gost_512},      // 1.2.643.7.1.1.3.3
    KnownOid{"\x55\x04\x03"sv, KernelOid::common_name},                       // 2.5.4.3
    KnownOid{"\x55\x1d\x0e"sv, KernelOid::subject_key_id},                    // 2.5.29.14
    KnownOid{"\x55\x1d\x0f"sv, KernelOid::key_usage},                         // 2.5.29.15
    KnownOid{"\x55\x1d\x13"sv, KernelOid::basic_constraints},                 // 2.5.29.19
    KnownOid{"\x55\x1d\x23"sv, KernelOid::authority_key_id},                  // 2.5.29.35
};

struct Named {
  KernelOid oid;
  std::string_view name;
};

constexpr std::array digests = {
    Named{KernelOid::md4, "md4"},
    Named{KernelOid::md5, "md5"},
    Named{KernelOid::sha1, "sha1"},
    Named{KernelOid::sha224, "sha224"},
    Named{KernelOid::sha256, "sha256"},
    Named{KernelOid::sha384, "sha384"},
    Named{KernelOid::sha512, "sha512"},
    Named{KernelOid::sha3_256, "sha3-256"},
    Named{KernelOid::sha3_384, "sha3-384"},
    Named{KernelOid::sha3_512, "sha3-512"},
    Named{KernelOid::shake128, "shake128"},
    Named{KernelOid::shake256, "shake256"},
    Named{KernelOid::sm3, "sm3"},
    Named{KernelOid::streebog256, "streebog256"},
    Named{KernelOid::streebog512, "streebog512"},
};

}  // namespace

KernelOid kernel_oid(std::string_view value) {
  const auto* const found = std::ranges::find(known_oids, value, &KnownOid::value);
  return found == known_oids.end() ? KernelOid::unknown : found->oid;
}

std::string_view digest_name(KernelOid oid) {
  const auto* const found = std::ranges::find(digests, oid, &Named::oid);
  return found == digests.end() ? "" : found->name;
}

}  // namespace kmodsec
