// SPDX-License-Identifier: GPL-2.0-or-later
#include "plan/owned_file.hpp"

namespace kmodsec {

OwnedFile load_file(const PlanInput& input) {
  OwnedFile file{std::string(load_file_path), {}};
  const std::vector<std::string>& modules = input.facts->policy->load;
  if (modules.empty()) return file;
  std::string text =
      owned_header("Modules that every boot loads, as the policy of this host asks.");
  for (const std::string& module : modules) text += module + "\n";
  file.wanted = text_file(std::move(text));
  return file;
}

}  // namespace kmodsec
