// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/signatures/kernel_x509.hpp"

#include <string>

#include "format/signatures/kernel_asn1.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const auto certificate = parse_kernel_certificate(input);
  if (!certificate) {
    require(certificate.error().error != KernelErrno::none);
    return;
  }
  require(!certificate->to_be_signed.empty());
  require(certificate->id.ends_with(certificate->issuer));
  require(certificate->to_be_signed.size() < input.size());
  if (input.size() == kernel_asn1::longest_message) return;
  const std::string longer = std::string(input) + "x";
  const auto again = parse_kernel_certificate(longer);
  require(again && again->id == certificate->id && again->self_signed == certificate->self_signed);
}
