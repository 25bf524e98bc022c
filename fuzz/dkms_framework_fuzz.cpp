// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/signatures/dkms_framework.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const DkmsFramework framework = parse_dkms_framework(input);
  require(framework.signing_key.size() <= 3 * input.size());
  require(framework.certificate.find('\n') == std::string::npos);
}
