// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "format/modules/proc_modules.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const auto modules = parse_proc_modules(input);
  if (!modules) return;
  const bool open_ended = !input.empty() && !input.ends_with('\n');
  const auto lines =
      static_cast<std::size_t>(std::ranges::count(input, '\n')) + (open_ended ? 1 : 0);
  require(modules->modules.size() + modules->unread_lines.size() == lines);
}
