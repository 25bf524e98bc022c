// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "format/usage/module_list.hpp"
#include "model/host/module_name.hpp"
#include "target.hpp"

/// What was read is a list of names that reads as itself.
void kmodsec::examine(std::string_view input) {
  const auto list = parse_module_list(input);
  if (!list) return;
  require(!list->names.empty());
  require(std::ranges::all_of(list->names, is_module_name));
  std::string text;
  for (const std::string& name : list->names) text += name + "\n";
  const auto again = parse_module_list(text);
  require(again.has_value());
  require(again->names == list->names && again->unread_lines.empty());
}
