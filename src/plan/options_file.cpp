// SPDX-License-Identifier: GPL-2.0-or-later
#include <fmt/format.h>

#include "plan/owned_file.hpp"

namespace kmodsec {

/// modprobe hands over the options of all lines in their order, and the last value of a parameter
/// stands: so this file is read last.
OwnedFile options_file(const PlanInput& input) {
  OwnedFile file{std::string(options_file_path), {}};
  const std::vector<PolicyOptions>& options = input.facts->policy->options;
  if (options.empty()) return file;
  std::string text = owned_header("Parameters of modules, as the policy of this host has them.");
  for (const PolicyOptions& one : options)
    text += fmt::format("options {} {}\n", one.module, one.parameters);
  file.wanted = text_file(std::move(text));
  return file;
}

}  // namespace kmodsec
