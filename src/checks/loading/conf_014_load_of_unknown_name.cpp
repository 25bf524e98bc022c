// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <utility>
#include <vector>

#include "analyze/judge.hpp"
#include "analyze/loading/judge_config.hpp"
#include "analyze/loading/load_model.hpp"

namespace kmodsec {
namespace {

/// An install line does something for its name, whether there is such a module or not.
bool leads_somewhere(const LoadRequest& request, const LoadModel& model) {
  return std::ranges::any_of(model.look_up(request.name), [&](const Candidate& candidate) {
    return candidate.builtin || model.find(candidate.module) != nullptr ||
           model.install_line(candidate.module) != nullptr;
  });
}

std::vector<Finding> find_unknown(const LoadConfig& config,
                                  const std::vector<const ModuleTree*>& trees) {
  std::vector<LoadRequest> unknown = config.at_boot;
  std::erase_if(unknown, [](const LoadRequest& request) { return !request.by.empty(); });
  for (const ModuleTree* tree : trees) {
    const LoadModel model(config, *tree);
    std::erase_if(unknown,
                  [&](const LoadRequest& request) { return leads_somewhere(request, model); });
  }
  std::vector<Finding> findings;
  for (const LoadRequest& request : unknown)
    findings.push_back({request.name,
                        "is to be loaded at boot, and leads to no module of an installed kernel",
                        {{request.source, request.line, request.name}}});
  sort_by_subject(findings);
  return findings;
}

Verdict evaluate(const Facts& facts, const Derived&) {
  if (!facts.load) return unknown(facts.load.error());
  std::vector<Unseen> unseen = unseen_configuration(facts);
  if (facts.load->at_boot.empty()) return judge({}, std::move(unseen));
  if (const auto reason = why_no_modules(facts)) return not_applicable(*reason);
  const auto kernels = all_kernels(facts, unseen);
  if (!kernels) return judge({}, std::move(unseen));
  return judge(find_unknown(*facts.load, *kernels), std::move(unseen));
}

}  // namespace

extern const Check conf_014_load_of_unknown_name{
    .id = "CONF-014",
    .title = "Every name that is to be loaded at boot leads to an installed module",
    .fault = "A name that is to be loaded at boot leads to no installed module",
    .severity = Severity::low,
    .needs = Needs::nothing,
    .method =
        "The names in modules-load.d, /etc/modules and modules_load= are looked up as modprobe "
        "would. It fails for each that leads to no module of any installed kernel.",
    .rationale =
        "A name in modules-load.d, in /etc/modules or in modules_load= on the kernel command "
        "line that is misspelt, or gone from this kernel, loads nothing; a line in the log of "
        "the boot is all that says so. What the module was to protect (a watchdog, a filter) "
        "is not there. Units of systemd that try a module are not judged.",
    .remedy =
        "Correct the name: modinfo NAME finds it if it is right. Remove the line if the module "
        "is gone; if a package brought it, a file of the same name in /etc/modules-load.d "
        "takes its place.",
    .references = {"man:modules-load.d(5)", "man:systemd-modules-load.service(8)",
                   "man:modinfo(8)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
