// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/baseline/seal.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const auto made = seal(input, "text");
  if (made) require(made->signature.size() == 128);
  const auto key = seal_key_of(input);
  if (!key) return;
  const auto fits = seal_fits(input, "text", {*key, std::string(128, '0')});
  require(fits && !*fits);
}
