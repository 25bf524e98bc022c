// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/cpio.hpp"

#include "target.hpp"

/// All that comes out stands in the input, and what follows begins neither an entry nor padding.
void kmodsec::examine(std::string_view input) {
  const auto archives = parse_cpio(input);
  if (!archives) {
    require(!archives.error().reason.empty());
    return;
  }
  const auto is_inside = [&](std::string_view view) {
    return view.empty() || (view.data() >= input.data() &&
                            view.data() + view.size() <= input.data() + input.size());
  };
  for (const CpioEntry& entry : archives->entries) {
    require(is_inside(entry.path) && is_inside(entry.content));
    require(entry.path.find('\0') == std::string_view::npos);
  }
  require(archives->size <= input.size());
  if (archives->size < input.size())
    require(input[archives->size] != '0' && input[archives->size] != '\0');
}
