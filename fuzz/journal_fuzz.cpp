// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/policy/journal.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const auto transaction = parse_journal(input);
  if (!transaction) return;
  const std::string printed = print_journal(*transaction);
  const auto again = parse_journal(printed);
  require(again.has_value());
  require(print_journal(*again) == printed);
}
