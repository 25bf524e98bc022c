// SPDX-License-Identifier: GPL-2.0-or-later
//
// A signed module is a stack; the kernel reads it from the bottom up
// (linux: include/linux/module_signature.h, kernel/module_signature.c):
//
//   +---------------------------------+  0
//   | the ELF file, what is signed    |
//   +---------------------------------+
//   | signature, DER PKCS#7 / CMS     |  sig_len bytes
//   +---------------------------------+
//   | algo hash id_type signer_len    |  12 bytes; all zero but id_type (2 = PKCS#7)
//   | key_id_len 0 0 0 sig_len (BE32) |  and the length, which is big-endian
//   +---------------------------------+
//   | ~Module signature appended~\n   |  28 bytes
//   +---------------------------------+
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "model/signature.hpp"

namespace kmodsec {

/// The parts of a module file that carries a signature. Views into the parsed bytes.
struct SignedParts {
  std::string_view payload;  ///< What was signed.
  std::string_view cms;      ///< The DER signature.
};

/// Splits at the trailer. Nothing when no signature is appended; parts with an empty `cms` when
/// the trailer is one that a kernel refuses.
std::optional<SignedParts> split_signature(std::string_view module);

/// Reads the fields of the appended signature of an uncompressed module. The status is
/// `unsigned_`, `malformed` or `unknown`: reading is not verifying.
Signature parse_module_signature(std::string_view module);

}  // namespace kmodsec
