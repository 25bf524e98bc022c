// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/host/module_name.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  const std::string name = module_name_of_path(input);
  require(name.find_first_of("/-") == std::string::npos);
  require(normalized_module_name(name) == name);
  require(!is_module_file(input) || !name.empty());
}
