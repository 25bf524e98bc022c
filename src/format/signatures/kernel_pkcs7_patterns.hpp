// SPDX-License-Identifier: GPL-2.0-or-later
// Which elements a kernel looks for in a signature, in which order (RFC 5652, 5; linux:
// crypto/asymmetric_keys/pkcs7.asn1).
#pragma once

#include <array>

#include "format/signatures/kernel_asn1.hpp"

namespace kmodsec::kernel_pkcs7 {

using kernel_asn1::Op;
using kernel_asn1::Step;

enum Action : unsigned char {
  note_object_id = 1,
  check_type,
  note_version,
  note_content_type,
  note_content,
  note_certificate,
  note_certificates,
  note_signer_version,
  note_issuer,
  note_serial,
  note_key_id,
  note_digest,
  note_attribute,
  note_attributes,
  note_method,
  note_signature,
  note_signer,
};

inline constexpr std::array algorithm = {
    Step{.tag = kernel_asn1::object_id, .action = note_object_id},
    Step{.op = Op::any, .optional = true},
    Step{.op = Op::end},
};

inline constexpr std::array digest_algorithms = {
    Step{.tag = kernel_asn1::sequence, .sub = algorithm},
    Step{.op = Op::end_of, .loop = 1},
};

inline constexpr std::array content = {
    Step{.op = Op::any, .action = note_content},
    Step{.op = Op::end},
};

inline constexpr std::array certificates = {
    Step{.op = Op::any, .action = note_certificate},
    Step{.op = Op::end_of, .loop = 1},
};

inline constexpr std::array certificate_set = {
    Step{.op = Op::any, .action = note_certificate, .optional = true},
    Step{.op = Op::any, .action = note_certificate, .optional = true, .alternative = true},
    Step{.op = Op::require},
    Step{.op = Op::end_of, .loop = 3},
};

inline constexpr std::array revocation_lists = {
    Step{.tag = kernel_asn1::sequence, .sub = certificates},
    Step{.op = Op::end_of, .loop = 1},
};

inline constexpr std::array issuer_and_serial = {
    Step{.tag = kernel_asn1::sequence},
    Step{.tag = kernel_asn1::set},
    Step{.tag = kernel_asn1::sequence},
    Step{.tag = kernel_asn1::object_id, .action = note_object_id},
    Step{.op = Op::any},
    Step{.op = Op::end},
    Step{.op = Op::end_of, .loop = 4},
    Step{.op = Op::end_of, .loop = 6},
    Step{.op = Op::act, .action = note_issuer},
    Step{.tag = kernel_asn1::integer},
    Step{.op = Op::act, .action = note_serial},
    Step{.op = Op::end},
};

inline constexpr std::array signed_attribute = {
    Step{.tag = kernel_asn1::object_id, .action = note_object_id},
    Step{.tag = kernel_asn1::set},
    Step{.op = Op::any, .action = note_attribute},
    Step{.op = Op::end_of, .loop = 1},
    Step{.op = Op::end},
};

inline constexpr std::array signed_attribute_set = {
    Step{.tag = kernel_asn1::sequence, .sub = signed_attribute},
    Step{.op = Op::end_of, .loop = 1},
};

/// The kernel never takes attributes in this form into account when it hashes.
inline constexpr std::array signed_attribute_sequence = {
    Step{.tag = kernel_asn1::sequence},
    Step{.tag = kernel_asn1::sequence, .sub = signed_attribute},
    Step{.op = Op::end_of, .loop = 1},
    Step{.op = Op::end},
};

inline constexpr std::array other_attribute = {
    Step{.tag = kernel_asn1::object_id}, Step{.tag = kernel_asn1::set}, Step{.op = Op::any},
    Step{.op = Op::end_of, .loop = 1},   Step{.op = Op::end},
};

inline constexpr std::array other_attributes = {
    Step{.tag = kernel_asn1::sequence, .sub = other_attribute},
    Step{.op = Op::end_of, .loop = 1},
};

inline constexpr std::array signer = {
    Step{.tag = kernel_asn1::integer, .action = note_signer_version},
    Step{.tag = kernel_asn1::sequence, .optional = true, .sub = issuer_and_serial},
    Step{.tag = kernel_asn1::primitive(0),
         .action = note_key_id,
         .optional = true,
         .alternative = true},
    Step{.op = Op::require},
    Step{.tag = kernel_asn1::sequence, .sub = algorithm},
    Step{.op = Op::act, .action = note_digest},
    Step{.tag = kernel_asn1::constructed(0), .optional = true, .sub = signed_attribute_set},
    Step{.op = Op::act_if, .action = note_attributes},
    Step{.tag = kernel_asn1::constructed(2),
         .optional = true,
         .alternative = true,
         .sub = signed_attribute_sequence},
    Step{.tag = kernel_asn1::sequence},
    Step{.tag = kernel_asn1::object_id, .action = note_object_id},
    Step{.op = Op::any, .optional = true},
    Step{.op = Op::end},
    Step{.op = Op::act, .action = note_method},
    Step{.tag = kernel_asn1::octet_string, .action = note_signature},
    Step{.tag = kernel_asn1::constructed(1), .optional = true, .sub = other_attributes},
    Step{.tag = kernel_asn1::constructed(3),
         .optional = true,
         .alternative = true,
         .sub = other_attributes},
    Step{.op = Op::end, .action = note_signer},
};

inline constexpr std::array signers = {
    Step{.tag = kernel_asn1::sequence, .sub = signer},
    Step{.op = Op::end_of, .loop = 1},
};

inline constexpr std::array signed_data = {
    Step{.tag = kernel_asn1::sequence},
    Step{.tag = kernel_asn1::integer, .action = note_version},
    Step{.tag = kernel_asn1::set, .optional = true, .sub = digest_algorithms},
    Step{.tag = kernel_asn1::sequence,
         .optional = true,
         .alternative = true,
         .sub = digest_algorithms},
    Step{.op = Op::require},
    Step{.tag = kernel_asn1::sequence},
    Step{.tag = kernel_asn1::object_id, .action = note_object_id},
    Step{.tag = kernel_asn1::constructed(0), .optional = true, .sub = content},
    Step{.op = Op::end},
    Step{.op = Op::act, .action = note_content_type},
    Step{.tag = kernel_asn1::constructed(0), .optional = true, .sub = certificate_set},
    Step{.tag = kernel_asn1::constructed(2),
         .optional = true,
         .alternative = true,
         .sub = certificates},
    Step{.op = Op::act, .action = note_certificates},
    Step{.tag = kernel_asn1::constructed(1), .optional = true, .sub = revocation_lists},
    Step{.tag = kernel_asn1::constructed(3),
         .optional = true,
         .alternative = true,
         .sub = revocation_lists},
    Step{.tag = kernel_asn1::set, .optional = true, .sub = signers},
    Step{.tag = kernel_asn1::sequence, .optional = true, .alternative = true, .sub = signers},
    Step{.op = Op::require},
    Step{.op = Op::end},
    Step{.op = Op::end},
};

inline constexpr std::array message = {
    Step{.tag = kernel_asn1::sequence},
    Step{.tag = kernel_asn1::object_id, .action = note_object_id},
    Step{.op = Op::act, .action = check_type},
    Step{.tag = kernel_asn1::constructed(0), .optional = true, .sub = signed_data},
    Step{.op = Op::end},
};

}  // namespace kmodsec::kernel_pkcs7
