// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "plan/owned_file.hpp"

namespace kmodsec {
namespace {

/// initramfs-tools copies all of modprobe.d, and runs this when the image is all but packed
/// (initramfs-tools(7)).
OwnedFile hook_that_leaves_out(const PlanInput& input) {
  OwnedFile file{"/etc/initramfs-tools/hooks/kmodsec", {}};
  const bool wanted = input.facts->policy->deny.initramfs == DenyInInitramfs::exclude;
  if (!wanted || input.denies.empty() || !input.facts->tools.update_initramfs) return file;
  std::string text = "#!/bin/sh\n";
  text += owned_header("Leaves the denies of the policy out of the initramfs.");
  text += fmt::format(
      "if [ \"$1\" = prereqs ]; then echo; exit 0; fi\n"
      "rm -f \"$DESTDIR{}\"\n",
      deny_file_path);
  file.wanted = text_file(std::move(text), 0755);
  return file;
}

/// dracut takes /etc/modprobe.d along into an image for this host alone, not into a generic one
/// (dracut: modules.d, kernel-modules).
OwnedFile dracut_items(const PlanInput& input) {
  OwnedFile file{"/etc/dracut.conf.d/50-kmodsec.conf", {}};
  const Policy& policy = *input.facts->policy;
  std::string items;
  if (!input.denies.empty() && policy.deny.initramfs == DenyInInitramfs::include)
    items += fmt::format(" {}", deny_file_path);
  if (!policy.options.empty()) items += fmt::format(" {}", options_file_path);
  if (items.empty() || !input.facts->tools.dracut) return file;
  file.wanted = text_file(owned_header("Takes the files of the policy into every image.") +
                          fmt::format("install_items+=\"{} \"\n", items));
  return file;
}

}  // namespace

std::vector<OwnedFile> initramfs_files(const PlanInput& input) {
  return {hook_that_leaves_out(input), dracut_items(input)};
}

}  // namespace kmodsec
