// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyze/judge.hpp"
#include "analyze/loading/judge_config.hpp"
#include "analyze/loading/load_rules.hpp"
#include "model/host/module_name.hpp"

namespace kmodsec {
namespace {

/// The line, or one that says the same, is among those that the program reads.
bool is_read(const ConfigLine& line, const std::vector<ConfigLine>& read) {
  return std::ranges::any_of(read, [&](const ConfigLine& one) {
    return one.directive == line.directive && one.name == busybox_name(line.name);
  });
}

std::string why_not_read(const ConfigLine& line, LoaderKind kind) {
  if (kind == LoaderKind::busybox_small) return "it reads no configuration";
  if (line.directive == Directive::install) return "it knows no install lines";
  return "it reads only /etc/modprobe.d, and no patterns";
}

Verdict evaluate(const Facts& facts, const Derived&) {
  if (!facts.load) return unknown(facts.load.error());
  const ModuleLoader& loader = facts.load->loader;
  const bool is_busybox =
      loader.kind == LoaderKind::busybox || loader.kind == LoaderKind::busybox_small;
  if (!is_busybox) return not_applicable("the kernel does not run busybox to load modules");
  const std::vector<ConfigLine> read = lines_in_order(*facts.load, ModuleTree{}, rules_of(loader));
  std::vector<Finding> findings;
  for (const ConfigLine* line : lines_that(*facts.load, is_deny)) {
    if (is_read(*line, read)) continue;
    findings.push_back(
        {line->name,
         fmt::format("is not denied to requests of the kernel: they go to {}, which is "
                     "busybox, and {}",
                     loader.path, why_not_read(*line, loader.kind)),
         {evidence_of(*line)}});
  }
  return judge(merged(std::move(findings)), unseen_configuration(facts));
}

}  // namespace

extern const Check conf_023_deny_not_read{
    .id = "CONF-023",
    .title = "The program that the kernel asks for modules reads every deny",
    .fault = "The program that the kernel asks for modules does not read a deny",
    .severity = Severity::high,
    .needs = Needs::nothing,
    .method =
        "The program in /proc/sys/kernel/modprobe, where it is busybox. It fails for each deny "
        "that busybox does not read.",
    .rationale =
        "modprobe of busybox knows alias, blacklist and options lines of /etc/modprobe.d, and "
        "silently ignores all others: \"install MODULE /bin/false\" denies nothing there. A "
        "blacklist line holds for requests by alias, not by name.",
    .remedy =
        "Install kmod, whose modprobe replaces that of busybox. Otherwise write a blacklist line "
        "into /etc/modprobe.d, and module_blacklist=MODULE on the kernel's command line, which the "
        "kernel itself obeys.",
    .references = {"busybox:modutils/modprobe.c", "linux:kernel/module/kmod.c"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
