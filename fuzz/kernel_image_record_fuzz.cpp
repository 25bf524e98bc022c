// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/kernel_image_record.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const auto record = parse_kernel_image_record(input);
  if (!record) return;
  require(!record->trusted.empty());
  const auto again = parse_kernel_image_record(print_kernel_image_record(*record));
  require(again && again->image.trusted == record->trusted);
}
