// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/policy/undo_log.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const auto transaction = parse_undo_log(input);
  if (!transaction) return;
  const std::string printed = print_undo_log(*transaction);
  const auto again = parse_undo_log(printed);
  require(again.has_value());
  require(print_undo_log(*again) == printed);
}
