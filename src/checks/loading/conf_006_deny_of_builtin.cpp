// SPDX-License-Identifier: GPL-2.0-or-later
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analyze/loading/judge_config.hpp"

namespace kmodsec {
namespace {

std::vector<Finding> find_in(const LoadConfig& config, const ModuleTree& tree) {
  std::unordered_map<std::string_view, const BuiltinModule*> builtin;
  for (const BuiltinModule& module : *tree.builtin) builtin.try_emplace(module.name, &module);
  std::vector<Finding> findings;
  for (const ConfigLine* line : lines_that(config, is_local_deny)) {
    const auto found = builtin.find(line->name);
    if (found == builtin.end()) continue;
    const BuiltinModule* module = found->second;
    findings.push_back(
        {line->name,
         "is denied, and part of the kernel image: no line of modprobe.d keeps it out",
         {evidence_of(*line), {tree.folder + "/modules.builtin", {}, module->path}}});
  }
  return findings;
}

Verdict evaluate(const Facts& facts, const Derived&) {
  return judge_trees(facts, is_local_deny,
                     [&](const ModuleTree& tree) { return find_in(*facts.load, tree); });
}

}  // namespace

extern const Check conf_006_deny_of_builtin{
    .id = "CONF-006",
    .title = "No deny names code that is built into the kernel",
    .fault = "A deny names code that is built into the kernel",
    .severity = Severity::low,
    .needs = Needs::nothing,
    .method =
        "The denies of the administrator are compared with modules.builtin. It fails for each deny "
        "of a built-in module.",
    .rationale =
        "What is linked into the kernel image is there from the first second, whatever "
        "modprobe.d says. The line reads as a protection that does not exist. Only lines below "
        "/etc, /run and /usr/local are judged: lists of a distribution are made for all of its "
        "kernels.",
    .remedy =
        "No configuration of modprobe helps. initcall_blacklist=FUNCTION on the kernel command "
        "line keeps the code from starting, where its init function is known; a kernel built "
        "without it is the clean way.",
    .references = {"linux:Documentation/admin-guide/kernel-parameters.txt"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
