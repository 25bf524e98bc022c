// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "format/signatures/kernel_x509.hpp"

namespace kmodsec {

/// Who signed, and how. Views into the message.
struct KernelSigner {
  std::string id;  ///< Serial number and issuer, or the key id of its certificate.
  KernelSignature signature;
  std::optional<std::int64_t> signing_time;
  bool has_attributes = false;      ///< It signed these instead of the content.
  std::string_view attributes;      ///< Of them, whole; their tag is that of the message.
  std::string_view message_digest;  ///< What they say of the content.
};

/// A PKCS#7 message as the kernel reads it for a module (linux: crypto/asymmetric_keys/
/// pkcs7_parser.c). Views into its bytes.
struct KernelMessage {
  std::vector<KernelCertificate> certificates;
  std::vector<KernelSigner> signers;  ///< At least one.
  std::vector<std::string> needs;     ///< What not every kernel has: words of `kernel_features`.
};

/// Errors: what no kernel from 6.1 on takes for the signature of a module, whoever signed it.
std::expected<KernelMessage, KernelRefusal> parse_kernel_message(std::string_view der);

}  // namespace kmodsec
