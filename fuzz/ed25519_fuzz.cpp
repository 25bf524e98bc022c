// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/signatures/ed25519.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const auto made = sign_text(input, "text");
  if (made) require(made->signature.size() == 128);
  const auto key = fingerprint_of_key(input);
  if (!key) return;
  const auto fits = signature_fits(input, "text", {*key, std::string(128, '0')});
  require(fits && !*fits);
}
