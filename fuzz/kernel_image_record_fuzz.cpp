// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/signatures/kernel_image_record.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const auto image = parse_kernel_image_record(input);
  if (!image) return;
  require(!image->trusted.empty());
  const auto again = parse_kernel_image_record(print_kernel_image_record(*image));
  require(again && again->trusted == image->trusted);
}
