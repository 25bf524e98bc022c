// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/signatures/module_signature.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  static const SignerCertificates nobody;
  const auto parts = split_signature(input);
  const ModuleSignature signature = ModuleSignature::parse(input);
  require(parts.has_value() == (signature.fields().form != SignatureForm::absent));
  require(!parts || parts->payload.size() + parts->cms.size() <= input.size());
  for (const SignerCheck& check : signature.check(nobody, "")) {
    require(check.certificate.empty());
    require(check.others.empty());
  }
}
