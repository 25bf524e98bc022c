// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/modules/depmod_conf.hpp"
#include "target.hpp"

void kmodsec::examine(std::string_view input) {
  for (const ExternalFolder& folder : parse_depmod_conf(input)) {
    require(!folder.path.empty());
    is_for_kernel(folder, "6.1.0-18-amd64");
  }
}
