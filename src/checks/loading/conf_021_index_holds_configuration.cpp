// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analyze/judge.hpp"
#include "analyze/loading/judge_config.hpp"
#include "base/path.hpp"
#include "base/shown_text.hpp"

namespace kmodsec {
namespace {

std::string what_it_does(const ConfigLine& line) {
  switch (line.directive) {
    case Directive::install: return "root runs its command when the module is asked for";
    case Directive::remove: return "root runs its command to remove the module";
    case Directive::alias: return "it leads requests to a module";
    case Directive::options: return "it sets parameters of the module";
    case Directive::blacklist: return "it denies the module to requests by alias";
    case Directive::softdep:
    case Directive::weakdep: break;
  }
  return "it loads other modules with it";
}

Finding finding_of(const ConfigLine& line) {
  return {line.name,
          fmt::format("a line of modprobe.d in an index that depmod writes: {}: {}",
                      what_it_does(line), shortened(line.text)),
          {evidence_of(line)}};
}

bool is_of_index(const ConfigLine& line) {
  const std::string_view name = file_name(line.source);
  return (name == "modules.softdep" && line.directive != Directive::softdep) ||
         (name == "modules.weakdep" && line.directive != Directive::weakdep);
}

void find_in_images(const ModuleTree& tree, std::vector<Finding>& findings) {
  if (!tree.initramfs_images) return;
  for (const InitramfsImage& image : *tree.initramfs_images) {
    for (const ConfigLine& line : image.load.lines) {
      if (is_of_index(line)) findings.push_back(finding_of(line));
    }
  }
}

Verdict evaluate(const Facts& facts, const Derived&) {
  if (const auto reason = why_no_modules(facts)) return not_applicable(*reason);
  std::vector<Finding> findings;
  std::vector<Unseen> unseen = unseen_kernels(facts);
  if (facts.live) note_unseen(facts.kernel.modules_supported, unseen);
  for (const ModuleTree& tree : facts.trees) {
    const bool is_absent = !tree.softdeps && tree.softdeps.error().kind == ErrorKind::not_found;
    if (!tree.softdeps && !is_absent) unseen.push_back(unseen_because(tree.softdeps.error()));
    std::ranges::transform(tree.index_lines, std::back_inserter(findings), finding_of);
    find_in_images(tree, findings);
  }
  return judge(merged(std::move(findings)), std::move(unseen));
}

}  // namespace

extern const Check conf_021_index_holds_configuration{
    .id = "CONF-021",
    .title = "The indexes of modules hold no configuration",
    .fault = "An index of modules holds configuration",
    .severity = Severity::high,
    .needs = Needs::nothing,
    .method =
        "The lines of modules.softdep and modules.weakdep, those in each initramfs too. It fails "
        "for each line that depmod does not write.",
    .rationale =
        "kmod reads modules.softdep, and from version 33 modules.weakdep, as it reads a file of "
        "modprobe.d: an install line there is run as root at the next request, and alias, "
        "blacklist and options lines count. depmod writes only softdep and weakdep lines, nobody "
        "looks into these files, and no package owns them: an attacker can persist there.",
    .remedy =
        "Read the line and what it runs, and find out who wrote it. Then run depmod RELEASE, which "
        "rebuilds the indexes without it. Rebuild the initramfs, which has a copy.",
    .references = {"kmod:libkmod/libkmod-config.c", "man:modprobe.d(5)", "man:depmod(8)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
