// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/modules/modules_index.hpp"
#include "target.hpp"

/// What the whole index holds is found when it is looked for alone.
void kmodsec::examine(std::string_view input) {
  std::set<std::string> names;
  for (const IndexEntry& entry : parse_modules_dep(input)) names.insert(entry.name);
  require(find_in_modules_dep(input, names).size() == names.size());
  require(paths_in_modules_dep(input).size() >= names.size());
  parse_modules_alias(input);
  parse_modules_devname(input);
  parse_modules_softdep(input);
  auto modules = parse_modules_builtin(input);
  add_builtin_modinfo(modules, input);
}
