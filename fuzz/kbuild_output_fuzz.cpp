// SPDX-License-Identifier: GPL-2.0-or-later
#include "cve-tables/kbuild_output.hpp"

#include "cve-tables/kernel_objects.hpp"
#include "cve-tables/source_path.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  for (const std::string_view symbol : symbols_in_makefile(input)) require(!symbol.empty());
  includes_in_makefile(input);
  const auto variables = parse_kbuild_output(input);
  if (!variables) return;
  KernelObjects objects;
  add_kbuild_folder("drivers/net", *variables, objects);
  for (const auto& [path, object] : objects) require(is_source_path(path));
}
