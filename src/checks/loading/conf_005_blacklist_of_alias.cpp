// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/loading/judge_config.hpp"
#include "analyze/loading/known_names.hpp"

namespace kmodsec {
namespace {

bool is_local_blacklist(const ConfigLine& line) {
  return line.directive == Directive::blacklist && is_local_deny(line);
}

Finding finding_of(const ConfigLine& line) {
  return {written_name(line),
          "is an alias or a pattern: a blacklist line takes the name of a module",
          {evidence_of(line)}};
}

Verdict evaluate(const Facts& facts, const Derived&) {
  return judge_names(facts, is_local_blacklist,
                     [](const ConfigLine& line, const KnownNames& known) -> std::optional<Finding> {
                       const bool is_alias =
                           known.is_alias(line.name) || looks_like_alias(line.name);
                       if (known.is_module(line.name) || !is_alias) return std::nullopt;
                       return finding_of(line);
                     });
}

}  // namespace

extern const Check conf_005_blacklist_of_alias{
    .id = "CONF-005",
    .title = "Blacklist lines name modules",
    .fault = "A blacklist line names something other than a module",
    .severity = Severity::medium,
    .needs = Needs::nothing,
    .method =
        "The blacklist lines of the administrator are compared with the modules and aliases of the "
        "installed kernels. It fails for each that names an alias or a pattern.",
    .rationale =
        "modprobe resolves an alias first and looks for the module that comes of it in the "
        "blacklist. A line that names an alias (net-pf-10, fs-udf, pci:v0000…) is never "
        "matched. Only lines below /etc, /run and /usr/local are judged: lists of a "
        "distribution are made for all of its kernels.",
    .remedy =
        "Blacklist the module that kmodsec doors --alias ALIAS names, or close the alias "
        "itself: \"alias ALIAS off\" or \"install ALIAS /bin/false\".",
    .references = {"man:modprobe.d(5)"},
    .evaluate = evaluate,
};

}  // namespace kmodsec
