// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "base/text.hpp"
#include "format/signatures/kernel_image.hpp"
#include "target.hpp"

/// What is taken for a certificate begins as one and stands in the input, when that is not packed.
void kmodsec::examine(std::string_view input) {
  const auto image = parse_kernel_image(input);
  if (!image) {
    require(!image.error().reason.empty());
    return;
  }
  require(!image->trusted.empty());
  require(utf8_text(image->version) == image->version);
  for (const auto* list : {&image->trusted, &image->revoked})
    for (const std::string& der : *list) require(der.starts_with("\x30\x82") && der.size() > 256);
  const bool both = std::ranges::any_of(image->trusted, [&](const std::string& der) {
    return input.starts_with("\177ELF") && input.find(der) == std::string_view::npos;
  });
  require(!both);
}
