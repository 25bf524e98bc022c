// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/lean_export.hpp"

#include <set>
#include <string>

#include "analyze/policy/deny_lines.hpp"
#include "model/host/module_name.hpp"

namespace kmodsec {
namespace {

DenyAnswer answer_of(const Facts& facts) {
  return facts.policy ? facts.policy->deny.on_attempt : DenyAnswer::fail;
}

Unseen no_line_for(const std::string& module) {
  return {module, "no kernel knows a module by this name, and no line was written for it"};
}

}  // namespace

LeanExport lean_export(const KeepSet& set, const Facts& facts, std::vector<Unseen>& unseen) {
  LeanExport out{.path = std::string(lean_file_path),
                 .denies = {},
                 .kept = {},
                 .image_builds = {{"/usr/sbin/update-initramfs", "update-initramfs -u -k all"},
                                  {"/usr/bin/dracut", "dracut --force --regenerate-all"},
                                  {"/usr/bin/mkinitcpio", "mkinitcpio -P"}}};
  const std::set<std::string> with_softdep = modules_with_softdep(facts);
  for (const ClosedModule& closed : set.closed) {
    if (!is_module_name(closed.module)) {
      unseen.push_back(no_line_for(closed.module));
      continue;
    }
    LeanDeny deny{closed.module, closed.reach, {}};
    const auto form =
        with_softdep.contains(closed.module) ? DenySoftdep::emptied : DenySoftdep::without;
    for (const ConfigLine& line : deny_lines(closed.module, answer_of(facts), form, out.path))
      deny.lines.push_back(line.text);
    out.denies.push_back(std::move(deny));
  }
  for (const KeptForUse& kept : set.kept) {
    if (is_module_name(kept.module)) out.kept.push_back(kept);
  }
  return out;
}

}  // namespace kmodsec
