// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/signatures/efi_signatures.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const EfiSignatures found = parse_efi_signatures(input);
  std::size_t total = 0;
  for (const EfiSignature& entry : found.entries) total += entry.data.size();
  require(total <= input.size());
  require(found.flaw || found.entries.empty() == input.empty() || total == 0);
}
