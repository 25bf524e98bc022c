// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/module_signature.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const auto parts = split_signature(input);
  const Signature signature = parse_module_signature(input);
  require(parts.has_value() == (signature.status != SignatureStatus::unsigned_));
  require(!parts || parts->payload.size() + parts->cms.size() <= input.size());
}
