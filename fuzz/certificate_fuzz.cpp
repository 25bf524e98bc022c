// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/signatures/certificate.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const auto certificates = parse_certificates(input);
  if (!certificates) return;
  for (const std::string& der : *certificates) {
    const auto described = describe_certificate(der);
    require(described.has_value());
    require(described->fingerprint == fingerprint_of(der));
    require(!described->tbs_sha256.empty());
  }
}
