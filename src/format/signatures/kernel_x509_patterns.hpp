// SPDX-License-Identifier: GPL-2.0-or-later
// Which elements a kernel looks for in a certificate, in which order (RFC 5280, 4.1; linux:
// crypto/asymmetric_keys/x509.asn1, x509_akid.asn1).
#pragma once

#include <array>

#include "format/signatures/kernel_asn1.hpp"

namespace kmodsec::kernel_x509 {

using kernel_asn1::Op;
using kernel_asn1::Step;

enum Action : unsigned char {
  note_object_id = 1,
  note_serial,
  note_signature_method,
  note_issuer,
  note_not_before,
  note_not_after,
  note_subject,
  note_parameters,
  note_key,
  note_extension,
  note_to_be_signed,
  note_signature,
  note_issuer_key_id,
  note_authority_name,
  note_authority_serial,
  note_other_name,
};

inline constexpr std::array version = {
    Step{.tag = kernel_asn1::integer},
    Step{.op = Op::end},
};

inline constexpr std::array algorithm = {
    Step{.tag = kernel_asn1::object_id, .action = note_object_id},
    Step{.op = Op::any, .action = note_parameters, .optional = true},
    Step{.op = Op::end},
};

inline constexpr std::array name = {
    Step{.tag = kernel_asn1::set},
    Step{.tag = kernel_asn1::sequence},
    Step{.tag = kernel_asn1::object_id, .action = note_object_id},
    Step{.op = Op::any},
    Step{.op = Op::end},
    Step{.op = Op::end_of, .loop = 4},
    Step{.op = Op::end_of, .loop = 6},
};

inline constexpr std::array extensions = {
    Step{.tag = kernel_asn1::sequence},
    Step{.tag = kernel_asn1::sequence},
    Step{.tag = kernel_asn1::object_id, .action = note_object_id},
    Step{.tag = kernel_asn1::boolean, .optional = true},
    Step{.tag = kernel_asn1::octet_string, .action = note_extension},
    Step{.op = Op::end},
    Step{.op = Op::end_of, .loop = 5},
    Step{.op = Op::end},
};

inline constexpr std::array certificate = {
    Step{.tag = kernel_asn1::sequence},
    Step{.tag = kernel_asn1::sequence},
    Step{.tag = kernel_asn1::constructed(0), .optional = true, .sub = version},
    Step{.tag = kernel_asn1::integer, .action = note_serial},
    Step{.tag = kernel_asn1::sequence, .sub = algorithm},
    Step{.op = Op::act, .action = note_signature_method},
    Step{.tag = kernel_asn1::sequence, .sub = name},
    Step{.op = Op::act, .action = note_issuer},
    Step{.tag = kernel_asn1::sequence},
    Step{.tag = kernel_asn1::utc_time, .optional = true},
    Step{.tag = kernel_asn1::general_time, .optional = true, .alternative = true},
    Step{.op = Op::require},
    Step{.op = Op::act, .action = note_not_before},
    Step{.tag = kernel_asn1::utc_time, .optional = true},
    Step{.tag = kernel_asn1::general_time, .optional = true, .alternative = true},
    Step{.op = Op::require},
    Step{.op = Op::act, .action = note_not_after},
    Step{.op = Op::end},
    Step{.tag = kernel_asn1::sequence, .sub = name},
    Step{.op = Op::act, .action = note_subject},
    Step{.tag = kernel_asn1::sequence},
    Step{.tag = kernel_asn1::sequence, .sub = algorithm},
    Step{.tag = kernel_asn1::bit_string, .action = note_key},
    Step{.op = Op::end},
    Step{.tag = kernel_asn1::primitive(1), .optional = true},
    Step{.tag = kernel_asn1::primitive(2), .optional = true},
    Step{.tag = kernel_asn1::constructed(3), .optional = true, .sub = extensions},
    Step{.op = Op::end},
    Step{.op = Op::act, .action = note_to_be_signed},
    Step{.tag = kernel_asn1::sequence, .sub = algorithm},
    Step{.tag = kernel_asn1::bit_string, .action = note_signature},
    Step{.op = Op::end},
};

inline constexpr std::array other_name = {
    Step{.tag = kernel_asn1::object_id, .action = note_other_name},
    Step{.tag = kernel_asn1::constructed(0)},
    Step{.op = Op::any},
    Step{.op = Op::end},
    Step{.op = Op::end},
};

inline constexpr std::array any_inside = {
    Step{.op = Op::any},
    Step{.op = Op::end},
};

inline constexpr std::array directory_name = {
    Step{.tag = kernel_asn1::sequence, .sub = name},
    Step{.op = Op::act, .action = note_authority_name},
    Step{.op = Op::end},
};

inline constexpr std::array party_name = {
    Step{.tag = kernel_asn1::constructed(0), .optional = true, .sub = any_inside},
    Step{.tag = kernel_asn1::constructed(1)},
    Step{.op = Op::any, .action = note_other_name},
    Step{.op = Op::end},
    Step{.op = Op::end},
};

/// GeneralName, whose kinds other than x400Address and directoryName older kernels read
/// differently.
constexpr Step other_kind(unsigned char tag) {
  return {.tag = tag, .action = note_other_name, .optional = true, .alternative = true};
}

inline constexpr std::array authority_names = {
    Step{.tag = kernel_asn1::constructed(0), .optional = true, .sub = other_name},
    other_kind(kernel_asn1::primitive(1)),
    other_kind(kernel_asn1::primitive(2)),
    Step{.tag = kernel_asn1::constructed(3),
         .optional = true,
         .alternative = true,
         .sub = any_inside},
    Step{.tag = kernel_asn1::constructed(4),
         .optional = true,
         .alternative = true,
         .sub = directory_name},
    Step{.tag = kernel_asn1::constructed(5),
         .optional = true,
         .alternative = true,
         .sub = party_name},
    other_kind(kernel_asn1::primitive(6)),
    other_kind(kernel_asn1::primitive(7)),
    other_kind(kernel_asn1::primitive(8)),
    Step{.op = Op::require},
    Step{.op = Op::end_of, .loop = 10},
};

inline constexpr std::array authority = {
    Step{.tag = kernel_asn1::sequence},
    Step{.tag = kernel_asn1::primitive(0), .action = note_issuer_key_id, .optional = true},
    Step{.tag = kernel_asn1::constructed(1), .optional = true, .sub = authority_names},
    Step{.tag = kernel_asn1::primitive(2), .action = note_authority_serial, .optional = true},
    Step{.op = Op::end},
};

}  // namespace kmodsec::kernel_x509
