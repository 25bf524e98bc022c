// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/signatures/kernel_pkcs7.hpp"

#include <string>

#include "format/signatures/kernel_asn1.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const auto message = parse_kernel_message(input);
  if (!message) {
    require(message.error().error != KernelErrno::none);
    require(!message.error().reason.empty());
    return;
  }
  require(!message->signers.empty());
  require(input.size() <= kernel_asn1::longest_message);
  if (input.size() == kernel_asn1::longest_message) return;
  const std::string longer = std::string(input) + "x";
  const auto again = parse_kernel_message(longer);
  require(again && again->signers.size() == message->signers.size());
  require(again->signers.front().id == message->signers.front().id);
}
