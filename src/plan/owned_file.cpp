// SPDX-License-Identifier: GPL-2.0-or-later
#include "plan/owned_file.hpp"

#include <iterator>
#include <utility>

#include <fmt/format.h>

namespace kmodsec {

std::string owned_header(std::string_view what) {
  return fmt::format(
      "# {}\n"
      "# Written by kmodsec from /etc/kmodsec: change the policy there and run 'kmodsec apply'.\n"
      "# What is written here by hand is lost.\n",
      what);
}

std::vector<OwnedFile> owned_files(const PlanInput& input) {
  std::vector<OwnedFile> files = {deny_file(input), options_file(input), load_file(input),
                                  audit_rules_file(input)};
  for (auto& part : {initramfs_files(input), freeze_unit(input), unblock_timer(input)})
    files.insert(files.end(), part.begin(), part.end());
  return files;
}

OwnPaths own_paths() {
  Facts nothing_asked_for;
  const Policy no_policy;
  nothing_asked_for.policy = no_policy;
  OwnPaths own;
  for (const OwnedFile& file :
       owned_files({.facts = &nothing_asked_for, .denies = {}, .exceptions = {}}))
    own.add(file.path);
  return own;
}

}  // namespace kmodsec
