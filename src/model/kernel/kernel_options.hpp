// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "model/kernel/kernel.hpp"

namespace kmodsec {

/// The option was built in ("y"). False where the build options were not seen, too.
inline bool is_built_in(const Seen<KernelConfig>& config, const std::string& option) {
  if (!config) return false;
  const auto found = config->find(option);
  return found != config->end() && found->second == "y";
}

}  // namespace kmodsec
